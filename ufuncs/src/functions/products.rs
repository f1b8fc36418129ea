//! Products of vectors and matrices.
//!
//! Operands of two dtypes meet in their common one, and that is the result's dtype, as in NumPy: integers
//! wrap, half precision is multiplied and added in `f32` and rounded once, and of bools a product is
//! whether any pair is true. Transposed and reversed operands are not copied. Floating-point products
//! add in another order than NumPy's BLAS does, so that the last bits differ; they do not depend on the
//! number of threads.

use std::borrow::Cow;

use array_core::engine::call;
use array_core::engine::function::Function;
use array_core::engine::kernel::Binary;
use array_core::engine::target::into_out;
use array_core::operators::kernels::Multiply;
use array_core::{Array, Casting, Element, Error, Kind, Promote, Result};

use super::contractions::contracted;
use crate::linear::number::{Factor, Number, converted, in_dtype};
use crate::linear::plan::{Form, Products, mismatch, shape_text};

/// The dtype in which two dtypes meet.
pub(super) type Common<A, B> = <A as Promote<B>>::Output;

/// The operands in the dtype that products are computed in, after a look at the lengths that must agree.
/// That they have as many axes as the form needs is checked before.
#[allow(clippy::type_complexity, reason = "two arrays")]
fn operands<'a, A, B, C>(
    form: Form,
    name: &str,
    a: &'a Array<A>,
    b: &'a Array<B>,
) -> Result<(Cow<'a, Array<C>>, Cow<'a, Array<C>>)>
where
    A: Element,
    B: Element,
    C: Number,
{
    let (axis_a, axis_b) = (a.ndim() - 1, b.ndim() + form.column as usize - 2);
    if a.shape()[axis_a] != b.shape()[axis_b] {
        return Err(mismatch(name, a.shape(), axis_a, b.shape(), axis_b));
    }
    let a = in_dtype::<A, C>(a)?;
    // Dot products conjugate while they multiply.
    let conjugate = form.conjugate && !form.column && C::DTYPE.kind() == Kind::Complex;
    let a = if conjugate { Cow::Owned(C::conjugated(&a)?) } else { a };
    Ok((a, in_dtype::<B, C>(b)?))
}

/// Products in a fresh array of dtype `C`.
pub(super) fn product<A, B, C>(form: Form, name: &str, a: &Array<A>, b: &Array<B>) -> Result<Array<C>>
where
    A: Element,
    B: Element,
    C: Factor,
{
    let (a, b) = operands::<A, B, C::Computed>(form, name, a, b)?;
    converted(Products::new(form, &a, &b)?.fresh()?)
}

/// Products into an array that is there.
fn product_out<A, B, C, R>(
    form: Form,
    name: &str,
    a: &Array<A>,
    b: &Array<B>,
    out: &mut Array<R>,
) -> Result<()>
where
    A: Element,
    B: Element,
    C: Factor,
    R: Element,
{
    let (a, b) = operands::<A, B, C::Computed>(form, name, a, b)?;
    let products = Products::new(form, &a, &b)?;
    let shape = products.shape();
    if C::DTYPE.kind() > R::DTYPE.kind() {
        return Err(Error::out(C::DTYPE, R::DTYPE));
    }
    if shape != out.shape() {
        return Err(misfit(name, &shape, out.shape()));
    }
    if R::DTYPE != C::DTYPE || C::DTYPE != C::Computed::DTYPE || !out.is_unique() {
        let result: Array<C> = converted(products.fresh()?)?;
        *out = converted(result)?;
        return Ok(());
    }
    let pointer = out.as_mut_ptr().cast();
    // SAFETY: the dtypes are the same, so the types are; `out` is unique, and so shares no element
    // with an operand; its shape and strides are these.
    unsafe { products.write(pointer, out.strides()) };
    Ok(())
}

#[cold]
fn misfit(name: &str, shape: &[usize], out: &[usize]) -> Error {
    Error::shape(format!(
        "{name}: a result of shape {} does not fit into an out array of shape {}: make it with zeros({0})",
        shape_text(shape),
        shape_text(out)
    ))
}

/// Functions that have a `number of axes` rule, a form, and an `out`.
macro_rules! products {
    ($($(#[$doc:meta])* $name:ident: |$a:ident, $b:ident| $form:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
        where
            A: Promote<B>,
            B: Element,
            Common<A, B>: Factor,
        {
            let ($a, $b) = (a, b);
            let form: Form = $form;
            product::<A, B, Common<A, B>>(form, stringify!($name), a, b)
        }

        #[doc = concat!("The other method of [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// As the function, into an array that is there: of the result's shape, and of any dtype
            /// that holds the result's kind.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            ///
            /// ```
            /// # use array_core::array;
            /// let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[5.0, 6.0], [7.0, 8.0]]);
            #[doc = concat!("let mut out = ufuncs::", stringify!($name), "(&a, &b)? * 0.0;")]
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, &b, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a, &b)?);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<A, B, R>(a: &Array<A>, b: &Array<B>, out: &mut Array<R>) -> Result<()>
            where
                A: Promote<B>,
                B: Element,
                R: Element,
                Common<A, B>: Factor,
            {
                let ($a, $b) = (a, b);
                let form: Form = $form;
                product_out::<A, B, Common<A, B>, R>(form, stringify!($name), a, b, out)
            }
        }
    )*};
}

/// An error unless both operands have as many axes.
fn at_least(name: &str, axes: [usize; 2], a: &[usize], b: &[usize]) -> Result<()> {
    if a.len() >= axes[0] && b.len() >= axes[1] {
        return Ok(());
    }
    let hint = if axes == [1, 1] { ": use multiply for numbers" } else { "" };
    Err(Error::shape(format!(
        "{name} needs operands of at least {} and {} dimension(s), not of shapes {} and {}{hint}",
        axes[0],
        axes[1],
        shape_text(a),
        shape_text(b)
    )))
}

products! {
    /// The product of matrices: the last two axes of each operand are a matrix's, the others are a batch
    /// that broadcasts. A vector counts as a row on the left and as a column on the right, and that axis is
    /// not in the result.
    ///
    /// # Errors
    /// When the first's last axis is not as long as the second's last but one (or its only one), the
    /// batches do not broadcast together, or an operand has no axes.
    ///
    /// ```
    /// use array_core::{Array, arange};
    /// use ufuncs::matmul;
    ///
    /// let a = arange(6i64)?.reshape([2, 3])?;
    /// assert_eq!(matmul(&a, &a.t())?, Array::from([5, 14, 14, 50]).reshape([2, 2])?);
    /// assert_eq!(matmul(&a, &Array::from([1.0, 0.5, 0.0]))?, Array::from([0.5, 5.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    matmul: |a, b| {
        at_least("matmul", [1, 1], a.shape(), b.shape())?;
        Form { row: a.ndim() == 1, column: b.ndim() == 1, conjugate: false }
    };

    /// Matrices times vectors: the last two axes of `a` by the last of `b`, the others a batch that
    /// broadcasts.
    ///
    /// # Errors
    /// When the last axes are not of one length, the batches do not broadcast together, or an operand has
    /// too few axes.
    ///
    /// ```
    /// use array_core::{Array, arange};
    /// use ufuncs::matvec;
    ///
    /// let a = arange(6i64)?.reshape([2, 3])?;
    /// let vectors = Array::from([1i64, 0, 0, 0, 0, 1]).reshape([2, 3])?;
    /// assert_eq!(matvec(&a, &vectors)?, Array::from([0, 3, 2, 5]).reshape([2, 2])?);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    matvec: |a, b| {
        at_least("matvec", [2, 1], a.shape(), b.shape())?;
        Form { column: true, ..Form::default() }
    };

    /// Vectors, conjugated, times matrices: the last axis of `a` by the last two of `b`, the others a batch
    /// that broadcasts.
    ///
    /// # Errors
    /// When the first's last axis is not as long as the second's last but one, the batches do not
    /// broadcast together, or an operand has too few axes.
    ///
    /// ```
    /// use array_core::{Array, arange};
    /// use ufuncs::vecmat;
    ///
    /// let b = arange(6i64)?.reshape([2, 3])?;
    /// assert_eq!(vecmat(&Array::from([1i64, 2]), &b)?, Array::from([6, 9, 12]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    vecmat: |a, b| {
        at_least("vecmat", [1, 2], a.shape(), b.shape())?;
        Form { row: true, conjugate: true, ..Form::default() }
    };

    /// Dot products of vectors, the first conjugated: over the last axis of both, the others a batch that
    /// broadcasts.
    ///
    /// # Errors
    /// When the last axes are not of one length, the batches do not broadcast together, or an operand has no
    /// axes.
    ///
    /// ```
    /// use array_core::{Array, complex128};
    /// use ufuncs::vecdot;
    ///
    /// let i = Array::from([complex128::new(0.0, 1.0)]);
    /// assert_eq!(vecdot(&i, &i)?.item()?, complex128::new(1.0, 0.0));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    vecdot: |a, b| {
        at_least("vecdot", [1, 1], a.shape(), b.shape())?;
        Form { row: true, column: true, conjugate: true }
    };
}

/// The dot product: of two vectors the sum of their products, of matrices their product, of a number and
/// an array each product; else over the last axis of `a` and the last but one of `b`, and the result has
/// the other axes of `a`, then those of `b`. No operand is conjugated.
///
/// # Errors
/// When those two axes are not of one length.
///
/// ```
/// use array_core::{Array, arange};
/// use ufuncs::dot;
///
/// assert_eq!(dot(&Array::from([1i64, 2]), &Array::from([3i64, 4]))?.item()?, 11);
/// let a = arange(24.0)?.reshape([2, 3, 4])?;
/// assert_eq!(dot(&a, &a.transpose(&[0, 2, 1])?)?.shape(), [2, 3, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn dot<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
    Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
{
    match (a.ndim(), b.ndim()) {
        (0, _) | (_, 0) => call::binary::<Multiply, _>((a, b)),
        (1, 1) => product::<A, B, _>(Form { row: true, column: true, conjugate: false }, "dot", a, b),
        (_, 1) => product::<A, B, _>(Form { column: true, ..Form::default() }, "dot", a, b),
        (axes, 2) => product::<A, B, _>(Form { row: axes == 1, ..Form::default() }, "dot", a, b),
        (axes_a, axes_b) => contracted("dot", a, b, &[axes_a - 1], &[axes_b - 2]),
    }
}

/// The other method of [`dot`](fn@dot).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum dot {}

impl dot {
    /// As the function, into an array that is there: of the result's shape, and of any dtype that holds the
    /// result's kind. It may be part of an operand.
    ///
    /// # Errors
    /// As the function; when shape or dtype do not fit. Then nothing is written.
    ///
    /// ```
    /// use array_core::{arange, zeros};
    /// use ufuncs::dot;
    ///
    /// let a = arange(4.0)?.reshape([2, 2])?;
    /// let mut out = zeros::<f64>([2, 2])?;
    /// dot::out(&a, &a, &mut out)?;
    /// assert_eq!(out, dot(&a, &a)?);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn out<A, B, R>(a: &Array<A>, b: &Array<B>, out: &mut Array<R>) -> Result<()>
    where
        A: Promote<B>,
        B: Element,
        R: Element,
        Common<A, B>: Factor,
        Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
    {
        match (a.ndim(), b.ndim()) {
            (1 | 2, 1 | 2) => {
                let form = Form { row: a.ndim() == 1, column: b.ndim() == 1, conjugate: false };
                product_out::<A, B, Common<A, B>, R>(form, "dot", a, b, out)
            }
            _ => into_out("dot", out, Casting::SameKind, |target| target.put(dot(a, b)?)),
        }
    }
}

/// The sums of products over the last axis of both: the result has the other axes of `a`, then those of
/// `b`. Of a number and an array it is each product.
///
/// # Errors
/// When the last axes are not of one length.
///
/// ```
/// use array_core::{Array, arange};
/// use ufuncs::inner;
///
/// let a = arange(6i64)?.reshape([2, 3])?;
/// assert_eq!(inner(&a, &Array::from([1i64, 0, 1]))?, Array::from([2, 8]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn inner<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
    Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
{
    match (a.ndim(), b.ndim()) {
        (0, _) | (_, 0) => call::binary::<Multiply, _>((a, b)),
        (1, 1) => product::<A, B, _>(Form { row: true, column: true, conjugate: false }, "inner", a, b),
        (axes_a, axes_b) => contracted("inner", a, b, &[axes_a - 1], &[axes_b - 1]),
    }
}

/// Each element of `a` times each of `b`, both in row-major order: a matrix.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// use array_core::Array;
/// use ufuncs::outer;
///
/// let table = outer(&Array::from([1, 2]), &Array::from([3, 4]))?;
/// assert_eq!(table, Array::from([3, 4, 6, 8]).reshape([2, 2])?);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn outer<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
{
    call::binary::<Multiply, _>((&a.reshape([a.len(), 1])?, &b.reshape([1, b.len()])?))
}

/// The other method of [`outer`](fn@outer). Of each of the other functions of two arguments it is a method: `add::outer`.
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum outer {}

impl outer {
    /// As the function, into an array that is there: of the result's shape, and of any dtype that holds the
    /// result's kind. It may be part of an operand.
    ///
    /// # Errors
    /// When shape or dtype do not fit. Then nothing is written.
    ///
    /// ```
    /// use array_core::{Array, zeros};
    /// use ufuncs::outer;
    ///
    /// let mut table = zeros::<i32>([2, 2])?;
    /// outer::out(&Array::from([1, 2]), &Array::from([3, 4]), &mut table)?;
    /// assert_eq!(table.to_vec(), [3, 4, 6, 8]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn out<A, B, R>(a: &Array<A>, b: &Array<B>, out: &mut Array<R>) -> Result<()>
    where
        A: Promote<B>,
        B: Element,
        R: Element,
        Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
    {
        let shape = [a.len(), b.len()];
        if out.shape() != shape {
            return Err(misfit("outer", &shape, out.shape()));
        }
        let (a, b) = (a.reshape([a.len(), 1])?, b.reshape([1, b.len()])?);
        let multiply = Function::binary::<Multiply, Common<A, B>>();
        call::binary_out_with(multiply, Common::<A, B>::DTYPE, (&a, &b), out)
    }
}
