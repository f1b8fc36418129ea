//! Arrays from nested ones, and the macro [`array!`](crate::array).

use crate::{Array, Element};

/// An element, or an array of equally long such: what [`array!`](crate::array) takes.
pub trait Nested {
    /// The innermost elements.
    type Item: Element;
    /// Adds the lengths of the axes, outermost first.
    fn push_shape(shape: &mut Vec<usize>);
    /// Adds the elements in row-major order.
    fn push_elements(self, elements: &mut Vec<Self::Item>);
}

impl<T: Element> Nested for T {
    type Item = T;
    fn push_shape(_: &mut Vec<usize>) {}
    fn push_elements(self, elements: &mut Vec<T>) {
        elements.push(self);
    }
}

impl<I: Nested, const N: usize> Nested for [I; N] {
    type Item = I::Item;
    fn push_shape(shape: &mut Vec<usize>) {
        shape.push(N);
        I::push_shape(shape);
    }
    fn push_elements(self, elements: &mut Vec<I::Item>) {
        self.into_iter().for_each(|item| item.push_elements(elements));
    }
}

impl<T: Element> Array<T> {
    /// The array that nested ones, of any depth, write out: what [`array!`](crate::array) calls.
    pub fn from_nested(values: impl Nested<Item = T>) -> Self {
        fn shape<N: Nested>(_: &N) -> Vec<usize> {
            let mut shape = Vec::new();
            N::push_shape(&mut shape);
            shape
        }
        let shape = shape(&values);
        let mut elements = Vec::with_capacity(shape.iter().product());
        values.push_elements(&mut elements);
        Array::from_vec(elements).reshape(&shape).expect("as many elements as the lengths say")
    }
}

/// An array written out, of any rank: `array![[1, 2], [3, 4]]`. Rows of different lengths do not
/// compile.
///
/// ```
/// use array_core::array;
/// let a = array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
/// assert_eq!(a.shape(), [3, 2]);
/// assert_eq!(array![0; 4].to_vec(), [0; 4]);
/// ```
#[macro_export]
macro_rules! array {
    () => { $crate::Array::from_vec(::std::vec::Vec::new()) };
    ($($values:tt)*) => { $crate::Array::from_nested([$($values)*]) };
}

#[cfg(test)]
mod tests {
    use crate::Array;

    #[test]
    fn any_depth() {
        assert_eq!(array![[[1u8, 2]], [[3, 4]]].shape(), [2, 1, 2]);
        assert_eq!(array![0.5; 3].to_vec(), [0.5; 3]);
        let empty: Array<f64> = array![];
        assert_eq!(empty.shape(), [0]);
        let rows: [[f64; 0]; 2] = [[], []];
        assert_eq!(Array::from_nested(rows).shape(), [2, 0]);
    }
}
