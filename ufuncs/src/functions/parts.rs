//! Floats in two parts, and made of them.

use array_core::engine::at::{self, Indices};
use array_core::engine::call::{self, Pair, Single};
use array_core::engine::function::Function;
use array_core::engine::kernel::Several;
use array_core::engine::{masked, outer};
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand, Error, Kind, f16};
use array_core::{Array, DType, Element, Promote, Result, ToFloat};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::kernels;

/// Functions of one argument, taken as a float, with two results.
macro_rules! two_results {
    ($($(#[$doc:meta])* $name:ident: $kernel:ty => $first:ty, $second:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name<'a, A, F>(a: A) -> (Array<$first>, Array<$second>)
        where
            A: Single<'a, Item: ToFloat<Float = F>>,
            F: Element,
            $kernel: Several<(F,), Output = ($first, $second)>,
        {
            let function = Function::<3>::several::<$kernel, (F,)>();
            call::several(function, &[a.into_source().argument()]).expect("one shape broadcasts with itself")
        }

        #[doc = concat!("The other methods of the ufunc [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// As the function, of an array whose dtype is known at run time only.
            ///
            /// # Errors
            /// When the function is not for this dtype, or there is no memory for the results.
            #[cfg(feature = "any")]
            pub fn any(a: &AnyArray) -> Result<(AnyArray, AnyArray)> {
                Self::ANY.call(a)?.fresh().map(<(AnyArray, AnyArray)>::from)
            }

            #[cfg(feature = "any")]
            const ANY: dynamic::OfOneInTwo =
                dynamic::OfOneInTwo { name: stringify!($name), find: dynamic::in_two!(OneInTwo, $kernel) };

            /// As [`out`](Self::out), of arrays whose dtypes are known at run time only.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out`](Self::out).
            #[cfg(feature = "any")]
            pub fn out_any(a: &AnyArray, out: (&mut AnyArray, &mut AnyArray)) -> Result<()> {
                Self::ANY.call(a)?.out(out, None)
            }

            /// As [`out_where`](Self::out_where), of arrays whose dtypes are known at run time only.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
            #[cfg(feature = "any")]
            pub fn out_where_any(
                a: &AnyArray,
                out: (&mut AnyArray, &mut AnyArray),
                mask: &Array<bool>,
            ) -> Result<()> {
                Self::ANY.call(a)?.out(out, Some(mask))
            }

            /// As the function, into two arrays that are there.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            /// let a = Array::from([2.5]);
            /// let (mut first, mut second) = (zeros::<f64>(1)?, zeros::<f64>(1)?);
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, (&mut first, &mut second))?;")]
            #[doc = concat!("let fresh = ufuncs::", stringify!($name), "(&a);")]
            /// assert_eq!((first, second), (fresh.0, fresh.1.astype::<f64>()));
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, A, F, R, S>(a: A, out: (&mut Array<R>, &mut Array<S>)) -> Result<()>
            where
                A: Single<'a, Item: ToFloat<Float = F>>,
                F: Element,
                R: Element,
                S: Element,
                $kernel: Several<(F,), Output = ($first, $second)>,
            {
                let function = Function::<3>::several::<$kernel, (F,)>();
                let results = [<$first>::DTYPE, <$second>::DTYPE];
                call::several_out(function, &results, &[a.into_source().argument()], out)
            }

            /// As [`out`](Self::out), where the mask is true: elsewhere the arrays keep what they hold.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            /// let a = Array::from([2.5]);
            /// let (mut first, mut second) = (zeros::<f64>(2)?, zeros::<f64>(2)?);
            #[doc = concat!("ufuncs::", stringify!($name), "::out_where(&a, (&mut first, &mut second), &Array::from([true, false]))?;")]
            #[doc = concat!("assert_eq!((first[[0]], first[[1]]), (ufuncs::", stringify!($name), "(&a).0[[0]], 0.0));")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out_where<'a, A, F, R, S>(
                a: A,
                out: (&mut Array<R>, &mut Array<S>),
                mask: &Array<bool>,
            ) -> Result<()>
            where
                A: Single<'a, Item: ToFloat<Float = F>>,
                F: Element,
                R: Element,
                S: Element,
                $kernel: Several<(F,), Output = ($first, $second)>,
            {
                let function = Function::<3>::several::<$kernel, (F,)>();
                let results = [<$first>::DTYPE, <$second>::DTYPE];
                masked::out_where(function, &results, &[a.into_source().argument()], out, mask)
            }
        }
    )*};
}
two_results! {
    /// The part after the decimal point and the part before it, both with the number's sign.
    ///
    /// ```
    /// # use array_core::Array;
    /// let (rest, whole) = ufuncs::modf(&Array::from([2.5, -0.25]));
    /// assert_eq!((rest, whole), (Array::from([0.5, -0.25]), Array::from([2.0, -0.0])));
    /// ```
    modf: kernels::Modf => F, F;

    /// Digits of magnitude 0.5 to 1, and the exponents of two: [`ldexp`](fn@ldexp) makes the number of them.
    /// Zero, infinity and `nan` have the exponent 0.
    ///
    /// ```
    /// # use array_core::Array;
    /// let (digits, exponents) = ufuncs::frexp(&Array::from([6.0, -0.25]));
    /// assert_eq!((digits, exponents), (Array::from([0.75, -0.5]), Array::from([3, -1])));
    /// ```
    frexp: kernels::Frexp => F, i32;
}

/// A float and an integer exponent that `i64` holds: what [`ldexp`](fn@ldexp) takes.
pub trait FloatAndExponent<'a>: Pair<'a> {
    /// What the left operand is as a float: the result's dtype.
    type Float: Element;

    /// The function of their dtypes.
    #[doc(hidden)]
    fn function() -> Function<3>;
}

impl<'a, P, F> FloatAndExponent<'a> for P
where
    P: Pair<'a, Left: ToFloat<Float = F>>,
    i64: Promote<P::Right, Output = i64>,
    F: Element,
    kernels::Ldexp: Several<(F, i32), Output = (F,)> + Several<(F, i64), Output = (F,)>,
{
    type Float = F;

    fn function() -> Function<3> {
        function_of_exponents::<F>(P::Right::DTYPE)
    }
}

/// The function of floats `F` and exponents of this dtype: in `i32` if that holds them.
fn function_of_exponents<F: Element>(dtype: DType) -> Function<3>
where
    kernels::Ldexp: Several<(F, i32), Output = (F,)> + Several<(F, i64), Output = (F,)>,
{
    match dtype.promote(DType::Int32) {
        DType::Int32 => Function::several::<kernels::Ldexp, (F, i32)>(),
        _ => Function::several::<kernels::Ldexp, (F, i64)>(),
    }
}

/// The dtype of what [`ldexp`](fn@ldexp) gives.
type Scaled<'a, P> = <P as FloatAndExponent<'a>>::Float;

/// The left number, a float, times two to the power of the right one, an integer.
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(ufuncs::ldexp(&Array::from([0.75, -0.5]), &Array::from([3, -1]))?, Array::from([6.0, -0.25]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn ldexp<'a, A, B>(a: A, exponent: B) -> Result<Array<Scaled<'a, (A, B)>>>
where
    (A, B): FloatAndExponent<'a>,
{
    call::binary_with(<(A, B)>::function(), (a, exponent))
}

/// The other methods of the ufunc [`ldexp`](fn@ldexp).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum ldexp {}

impl ldexp {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// When the left operand is complex or the exponents are not integers, or of `u64`; when the shapes do
    /// not broadcast together.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let digits: AnyArray = Array::from([0.75f32, -0.5]).into();
    /// assert_eq!(ufuncs::ldexp::any(&digits, 3)?.downcast::<f32>()?, Array::from([6.0f32, -4.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    #[cfg(feature = "any")]
    pub fn any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        exponent: impl Into<AnyOperand<'b>>,
    ) -> Result<AnyArray> {
        Self::of_any(a.into(), exponent.into())?.array()
    }

    /// The function of these dtypes, the left one a float's or what becomes one, and its result's dtype.
    #[cfg(feature = "any")]
    fn find(left: DType, right: DType) -> Result<(Function<3>, DType)> {
        let is_integer = matches!(right.kind(), Kind::Bool | Kind::Signed | Kind::Unsigned);
        match left.to_float() {
            _ if !is_integer || right == DType::UInt64 => Err(Error::unsupported("ldexp", &[left, right])),
            DType::Float16 => Ok((function_of_exponents::<f16>(right), DType::Float16)),
            DType::Float32 => Ok((function_of_exponents::<f32>(right), DType::Float32)),
            DType::Float64 => Ok((function_of_exponents::<f64>(right), DType::Float64)),
            _ => Err(Error::unsupported("ldexp", &[left, right])),
        }
    }

    #[cfg(feature = "any")]
    fn of_any(a: AnyOperand<'_>, exponent: AnyOperand<'_>) -> Result<dynamic::Call<3, 2, 1>> {
        let (left, right) = (a.dtype().unwrap_or(DType::Float64), exponent.dtype().unwrap_or(DType::Int64));
        let (function, result) = Self::find(left, right)?;
        Ok(dynamic::Call {
            function,
            operands: [a.into_array(left)?, exponent.into_array(right)?],
            results: [result],
        })
    }

    /// As [`out`](Self::out), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out`](Self::out).
    #[cfg(feature = "any")]
    pub fn out_any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        exponent: impl Into<AnyOperand<'b>>,
        out: &mut AnyArray,
    ) -> Result<()> {
        Self::of_any(a.into(), exponent.into())?.out(out, None)
    }

    /// As [`out_where`](Self::out_where), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
    #[cfg(feature = "any")]
    pub fn out_where_any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        exponent: impl Into<AnyOperand<'b>>,
        out: &mut AnyArray,
        mask: &Array<bool>,
    ) -> Result<()> {
        Self::of_any(a.into(), exponent.into())?.out(out, Some(mask))
    }

    /// As [`outer`](Self::outer), of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// As of [`any`](Self::any).
    #[cfg(feature = "any")]
    pub fn outer_any(a: &AnyArray, exponent: &AnyArray) -> Result<AnyArray> {
        Self::any(dynamic::before(a, exponent)?, exponent)
    }

    /// As [`at`](Self::at), of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`at`](Self::at).
    #[cfg(feature = "any")]
    pub fn at_any<'b>(
        a: &mut AnyArray,
        indices: impl Indices,
        exponent: impl Into<AnyOperand<'b>>,
    ) -> Result<()> {
        let exponent = exponent.into();
        let right = exponent.dtype().unwrap_or(DType::Int64);
        let (function, result) = Self::find(a.dtype(), right)?;
        at::binary_at_any(function, result, a, indices, exponent.into_array(right)?)
    }

    /// As the function, into an array that is there.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let mut out = zeros::<f64>(1)?;
    /// ufuncs::ldexp::out(&Array::from([0.75]), &Array::from([3]), &mut out)?;
    /// assert_eq!(out, Array::from([6.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out<'a, A, B, R>(a: A, exponent: B, out: &mut Array<R>) -> Result<()>
    where
        (A, B): FloatAndExponent<'a>,
        R: Element,
    {
        call::binary_out_with(<(A, B)>::function(), Scaled::<(A, B)>::DTYPE, (a, exponent), out)
    }

    /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let mut out = zeros::<f64>(2)?;
    /// let mask = Array::from([true, false]);
    /// ufuncs::ldexp::out_where(&Array::from([0.75]), &Array::from([3]), &mut out, &mask)?;
    /// assert_eq!(out, Array::from([6.0, 0.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out_where<'a, A, B, R>(a: A, exponent: B, out: &mut Array<R>, mask: &Array<bool>) -> Result<()>
    where
        (A, B): FloatAndExponent<'a>,
        R: Element,
    {
        let (a, exponent) = (a, exponent).into_sources();
        let operands = [a.argument(), exponent.argument()];
        masked::out_where(<(A, B)>::function(), &[Scaled::<(A, B)>::DTYPE], &operands, out, mask)
    }

    /// Of each element of the left operand with each of the right: the result's shape is the left
    /// one's, then the right one's.
    ///
    /// ```
    /// # use array_core::array;
    /// let table = ufuncs::ldexp::outer(&array![1.0, 3.0], &array![0, 1, 2])?;
    /// assert_eq!(table, array![[1.0, 2.0, 4.0], [3.0, 6.0, 12.0]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for the result.
    pub fn outer<'a, A, B>(a: A, exponent: B) -> Result<Array<Scaled<'a, (A, B)>>>
    where
        (A, B): FloatAndExponent<'a>,
    {
        outer::outer(<(A, B)>::function(), (a, exponent))
    }

    /// In place, of the elements at these indices, one after the other: an index that comes twice is
    /// computed twice.
    ///
    /// ```
    /// # use array_core::Array;
    /// let mut a = Array::from([1.0, 3.0]);
    /// ufuncs::ldexp::at(&mut a, [1, 1], &Array::from([2]))?;
    /// assert_eq!(a, Array::from([1.0, 48.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As of other functions: [`add::at`](crate::add::at).
    pub fn at<'b, T, B>(a: &mut Array<T>, indices: impl Indices, exponent: B) -> Result<()>
    where
        T: Element,
        (Array<T>, B): FloatAndExponent<'b> + Pair<'b, Left = T>,
    {
        let function = <(Array<T>, B)>::function();
        let pair = (Array::from_vec(Vec::new()), exponent);
        at::binary_at(function.into(), Scaled::<(Array<T>, B)>::DTYPE, a, indices, pair)
    }
}
