//! Where arrays meet the rest of Rust: ndarray, vectors and slices, comparison, formatting, serde.

mod approximate;
mod compare;
mod format;
mod ndarrays;
#[cfg(feature = "serde")]
mod serialize;
mod vectors;

#[cfg(test)]
mod tests {
    use std::panic::{RefUnwindSafe, UnwindSafe};

    use crate::iter::{ArrayParts, IntoIter, Iter, IterMut, Parallel, PartsMut};
    use crate::{AnyArray, Array, Buffer, Element, Error, IndexItem};

    #[test]
    fn threads_may_have_and_share_all_of_it() {
        fn sent_and_shared<A: Send + Sync>() {}
        fn caught<A: UnwindSafe + RefUnwindSafe>() {}
        macro_rules! each {
            ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {$(
                sent_and_shared::<Array<$type>>();
                sent_and_shared::<(Iter<'_, $type>, IterMut<'_, $type>, IntoIter<$type>)>();
                sent_and_shared::<(ArrayParts<$type>, PartsMut<'_, $type>)>();
            )*};
        }
        crate::for_each_dtype!(each);
        sent_and_shared::<(AnyArray, Buffer, Error, IndexItem, Parallel<Iter<'_, f64>>)>();
        caught::<(Array<f64>, AnyArray, Error)>();
    }

    #[test]
    fn generic_code_names_num_traits() {
        fn length<T: Element + num_traits::Float + std::iter::Sum>(a: &Array<T>) -> T {
            a.iter().map(|&x| x * x).sum::<T>().sqrt()
        }
        fn one<T: Element + num_traits::Num>(_: &Array<T>) -> bool {
            T::ONE == T::one() && T::ZERO == T::zero()
        }
        assert_eq!(length(&Array::from([3.0, 4.0])), 5.0);
        assert_eq!(length(&Array::from([3f32, 4.0])), 5.0);
        assert!(one(&Array::from([crate::f16::ONE])) && one(&Array::from([1u8])));
        assert!(one(&Array::from([crate::complex64::new(0.0, 1.0)])));
    }
}
