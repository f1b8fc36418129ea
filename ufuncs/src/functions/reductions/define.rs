//! The macro that makes a reduction from a line of the table: the function, and the type of the same name that
//! has its `out` and `any`.

/// A reduction by a type, which takes axes with an initial value (and may give one of the elements: then it is told
/// so, as the compiler infers more of that), axes without one, or axes with degrees of freedom.
/// In the end the shape that the example has, over axis 0 of a matrix of 2 × 2.
macro_rules! reduction {
    ($(#[$doc:meta])* $name:ident by $by:ty, chosen, $shape:expr) => {
        reduction! {
            @ $(#[$doc])* $name as $name by $by: Reduction<T, Initial = T, Output = T>, T,
            impl Axes<'a, T>, impl Axes<'a, AnyOperand<'a>>, into_over, $shape
        }
    };
    ($(#[$doc:meta])* $name:ident by $by:ty, initial, $shape:expr) => {
        reduction! {
            @ $(#[$doc])* $name as $name by $by: Reduction<T>, Reduced<$by, T>,
            impl Axes<'a, Initial<$by, T>>, impl Axes<'a, AnyOperand<'a>>, into_over, $shape
        }
    };
    ($(#[$doc:meta])* $name:ident by $by:ty, plain, $shape:expr) => {
        reduction! {
            @ $(#[$doc])* $name as $name by $by: Reduction<T, Initial = Infallible>, Reduced<$by, T>,
            impl Axes<'a, Infallible>, impl Axes<'a, Infallible>, into_over, $shape
        }
    };
    ($(#[$doc:meta])* $name:ident as $type:ident by $by:ty, spread, $shape:expr) => {
        reduction! {
            @ $(#[$doc])* $name as $type by $by: Reduction<T, Initial = Infallible>, Reduced<$by, T>,
            impl SpreadAxes<'a>, impl SpreadAxes<'a>, into_options, $shape
        }
    };
    (@ $(#[$doc:meta])* $name:ident as $type:ident by $by:ty: $bound:path, $result:ty,
     $axes:ty, $any_axes:ty, $into:ident, $shape:expr) => {
        $(#[$doc])*
        pub fn $name<'a, T>(a: &Array<T>, axes: $axes) -> Result<Array<$result>>
        where
            T: Element,
            $by: $bound,
        {
            fresh(|target| <$by as Reduction<T>>::reduce(stringify!($name), a, axes.$into(), target))
        }

        #[doc = concat!("The other methods of [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $type {}

        impl $type {
            /// As the function, into an array that is there: of the result's shape, and of a dtype to which it is
            /// converted as by [`astype`](Array::astype): any where NumPy takes any, else one that holds the
            /// result's kind. It may be part of the operand.
            ///
            /// # Errors
            /// As the function; when shape or dtype do not fit. Then nothing is written.
            ///
            /// ```
            /// use array_core::{Array, zeros};
            /// let a = Array::from([3.0, 1.0, 2.0, 4.0]).reshape([2, 2])?;
            #[doc = concat!("let mut out = zeros::<f64>(", stringify!($shape), ")?;")]
            #[doc = concat!("ufuncs::", stringify!($type), "::out(&a, 0, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a, 0)?.astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, T, R>(a: &Array<T>, axes: $axes, out: &mut Array<R>) -> Result<()>
            where
                T: Element,
                R: Element,
                $by: $bound,
            {
                let name = stringify!($name);
                let casting = <$by as Reduction<T>>::CASTING;
                into_out(name, out, casting, |target| {
                    <$by as Reduction<T>>::reduce(name, a, axes.$into(), target)
                })
            }

            /// As the function, of an array whose dtype is known at run time only; the result has NumPy's dtype.
            /// An initial value, where there can be one, is a number or an array of one element:
            /// `over(0).initial(1.into())`.
            ///
            /// # Errors
            /// As the function; when it is not for this dtype, or an initial value does not fit the result's.
            #[cfg(feature = "any")]
            pub fn any<'a>(a: &AnyArray, axes: $any_axes) -> Result<AnyArray> {
                let name = stringify!($name);
                dynamic::find!(reduce, $by, name, a)(name, a, dynamic::untyped(axes.$into()))
            }
        }
    };
}

pub(in crate::functions) use reduction;
