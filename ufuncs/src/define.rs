//! The macros that make a ufunc from a line of the table: the function, and the type of the same
//! name that has its other methods.

/// Functions of one argument.
macro_rules! unary {
    ($($(#[$doc:meta])* $name:ident: $kernel:ty, $takes:ty, [$($in:expr),*] => [$($out:expr),*];)*) => {$(
        $(#[$doc])*
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("let y = ufuncs::", stringify!($name), "(&Array::from(", stringify!([$($in),*]), "));")]
        #[doc = concat!("assert_eq!(y, Array::from(", stringify!([$($out),*]), "));")]
        /// ```
        #[track_caller]
        pub fn $name<'a, A>(a: A) -> Array<<$takes as Takes<A::Item, $kernel>>::Result>
        where
            A: Single<'a>,
            $takes: Takes<A::Item, $kernel>,
        {
            <$takes as Takes<A::Item, $kernel>>::call(a.into_source())
        }

        #[doc = concat!("The other methods of the ufunc [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            #[cfg(feature = "any")]
            const ANY: dynamic::OfOne =
                dynamic::OfOne { name: stringify!($name), find: dynamic::one!($takes, $kernel) };

            /// As the function, into an array that is there: of any dtype that holds the result's
            /// kind, of a shape that the operand broadcasts to.
            ///
            /// # Errors
            /// When shape or dtype do not fit.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("let a = Array::from(", stringify!([$($in),*]), ");")]
            /// let mut out = zeros::<f64>(a.len())?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a).astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, A, R>(a: A, out: &mut Array<R>) -> Result<()>
            where
                A: Single<'a>,
                R: Element,
                $takes: Takes<A::Item, $kernel>,
            {
                <$takes as Takes<A::Item, $kernel>>::out(a.into_source(), out)
            }

            /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds. NumPy's `where=`.
            /// (There is no such method without `out`: what would be there where the mask is false?)
            ///
            /// # Errors
            /// When shapes or dtypes do not fit. The mask broadcasts as the operand does.
            ///
            /// ```
            /// # use array_core::{Array, from_fn, zeros};
            #[doc = concat!("let a = Array::from(", stringify!([$($in),*]), ");")]
            /// let is_first = from_fn(a.len(), |at| at[0] == 0)?;
            /// let mut out = zeros::<f64>(a.len())?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out_where(&a, &mut out, &is_first)?;")]
            #[doc = concat!("assert_eq!(out[[0]], ufuncs::", stringify!($name), "(&a).astype::<f64>()[[0]]);")]
            /// assert_eq!(out[[1]], 0.0);
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out_where<'a, A, R>(a: A, out: &mut Array<R>, mask: &Array<bool>) -> Result<()>
            where
                A: Single<'a>,
                R: Element,
                $takes: Takes<A::Item, $kernel>,
            {
                <$takes as Takes<A::Item, $kernel>>::out_where(a.into_source(), out, mask)
            }

            /// As the function, of an array whose dtype is known at run time only.
            ///
            /// # Errors
            /// When the function is not for this dtype, or there is no memory for the result.
            #[cfg(feature = "any")]
            pub fn any(a: &AnyArray) -> Result<AnyArray> {
                Self::ANY.call(a)?.array()
            }

            /// As [`out`](Self::out), of arrays whose dtypes are known at run time only.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out`](Self::out).
            #[cfg(feature = "any")]
            pub fn out_any(a: &AnyArray, out: &mut AnyArray) -> Result<()> {
                Self::ANY.call(a)?.out(out, None)
            }

            /// As [`out_where`](Self::out_where), of arrays whose dtypes are known at run time only.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
            #[cfg(feature = "any")]
            pub fn out_where_any(a: &AnyArray, out: &mut AnyArray, mask: &Array<bool>) -> Result<()> {
                Self::ANY.call(a)?.out(out, Some(mask))
            }

            /// In place, of the elements at these indices, one after the other: an index that comes
            /// twice is computed twice.
            ///
            /// # Errors
            /// When an index is out of bounds, or the result is of a higher kind than the array's dtype.
            /// Then nothing is changed.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let mut a = Array::from(", stringify!([$($in),*]), ");")]
            #[doc = concat!("let once = ufuncs::", stringify!($name), "(&a).astype::<f64>();")]
            #[doc = concat!("ufuncs::", stringify!($name), "::at(&mut a, [0])?;")]
            /// assert_eq!(a.astype::<f64>()[[0]], once[[0]]);
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn at<T>(a: &mut Array<T>, indices: impl Indices) -> Result<()>
            where
                T: Element,
                $takes: Takes<T, $kernel>,
            {
                <$takes as Takes<T, $kernel>>::at(a, indices)
            }

            /// As [`at`](Self::at), of an array whose dtype is known at run time only.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`at`](Self::at).
            #[cfg(feature = "any")]
            pub fn at_any(a: &mut AnyArray, indices: impl Indices) -> Result<()> {
                Self::ANY.at(a, indices)
            }
        }
    )*};
}

/// Functions of two arguments, which meet in a common dtype, or as what follows `as` has it. What follows
/// `by` looks at operands whose dtypes are known at run time only before the function is called.
macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident: $kernel:ty $(as $takes:ty)? $(, by $choose:path)?,
       [$a:expr, $b:expr] => $out:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the shapes do not broadcast together.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("let a = Array::from([", stringify!($a), "]);")]
        #[doc = concat!("assert_eq!(ufuncs::", stringify!($name), "(&a, ", stringify!($b), ")?, Array::from([",
                        stringify!($out), "]));")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, A, B>(
            a: A,
            b: B,
        ) -> Result<Array<<define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::Result>>
        where
            (A, B): Pair<'a>,
            define::takes!($($takes)?): TakesPair<'a, (A, B), $kernel>,
        {
            <define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::call((a, b))
        }

        #[doc = concat!("The other methods of the ufunc [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            #[cfg(feature = "any")]
            const ANY: dynamic::OfTwo = dynamic::OfTwo {
                name: stringify!($name),
                find: dynamic::two!(define::takes!($($takes)?), $kernel),
                choose: define::choose!($($choose)?),
            };

            /// As the function, into an array that is there: of any dtype that holds the result's
            /// kind, of a shape that both operands broadcast to.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("let a = Array::from([", stringify!($a), "]);")]
            /// let mut out = zeros::<f64>(1)?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, ", stringify!($b), ", &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a, ", stringify!($b), ")?.astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, A, B, R>(a: A, b: B, out: &mut Array<R>) -> Result<()>
            where
                (A, B): Pair<'a>,
                R: Element,
                define::takes!($($takes)?): TakesPair<'a, (A, B), $kernel>,
            {
                <define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::out((a, b), out)
            }

            /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds. NumPy's `where=`.
            /// (There is no such method without `out`: what would be there where the mask is false?)
            ///
            /// # Errors
            /// When shapes or dtypes do not fit. The mask broadcasts as the operands do.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("let a = Array::from([", stringify!($a), "]);")]
            /// let mut out = zeros::<f64>(2)?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out_where(&a, ", stringify!($b), ", &mut out, &Array::from([true, false]))?;")]
            #[doc = concat!("assert_eq!(out[[0]], ufuncs::", stringify!($name), "(&a, ", stringify!($b), ")?.astype::<f64>()[[0]]);")]
            /// assert_eq!(out[[1]], 0.0);
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out_where<'a, A, B, R>(a: A, b: B, out: &mut Array<R>, mask: &Array<bool>) -> Result<()>
            where
                (A, B): Pair<'a>,
                R: Element,
                define::takes!($($takes)?): TakesPair<'a, (A, B), $kernel>,
            {
                <define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::out_where((a, b), out, mask)
            }

            /// As the function, of arrays whose dtypes are known at run time only, or such an array and a
            /// number: these meet as in NumPy, where a number of Python's has no dtype of its own.
            ///
            /// # Errors
            /// When the function is not for these dtypes, the shapes do not broadcast together, or a
            /// whole number does not fit the array's dtype.
            #[cfg(feature = "any")]
            pub fn any<'a, 'b>(a: impl Into<AnyOperand<'a>>, b: impl Into<AnyOperand<'b>>) -> Result<AnyArray> {
                Self::ANY.call(a, b)?.array()
            }

            /// As [`out`](Self::out), of operands as [`any`](Self::any) takes them.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out`](Self::out).
            #[cfg(feature = "any")]
            pub fn out_any<'a, 'b>(
                a: impl Into<AnyOperand<'a>>,
                b: impl Into<AnyOperand<'b>>,
                out: &mut AnyArray,
            ) -> Result<()> {
                Self::ANY.out(a, b, out, None)
            }

            /// As [`out_where`](Self::out_where), of operands as [`any`](Self::any) takes them.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
            #[cfg(feature = "any")]
            pub fn out_where_any<'a, 'b>(
                a: impl Into<AnyOperand<'a>>,
                b: impl Into<AnyOperand<'b>>,
                out: &mut AnyArray,
                mask: &Array<bool>,
            ) -> Result<()> {
                Self::ANY.out(a, b, out, Some(mask))
            }

            /// Of each element of the left operand with each of the right: the result's shape is the
            /// left one's, then the right one's.
            ///
            /// # Errors
            /// When there is no memory for the result.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let (a, b) = (Array::from([", stringify!($a), ", ", stringify!($a), ", ", stringify!($a), "]), Array::from([", stringify!($b), ", ", stringify!($b), "]));")]
            #[doc = concat!("let table = ufuncs::", stringify!($name), "::outer(&a, &b)?;")]
            /// assert_eq!(table.shape(), [3, 2]);
            #[doc = concat!("assert_eq!(table[[2, 1]], ufuncs::", stringify!($name), "(&a, ", stringify!($b), ")?[[2]]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn outer<'a, A, B>(
                a: A,
                b: B,
            ) -> Result<Array<<define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::Result>>
            where
                (A, B): Pair<'a>,
                define::takes!($($takes)?): TakesPair<'a, (A, B), $kernel>,
            {
                <define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::outer((a, b))
            }

            /// As [`outer`](Self::outer), of arrays whose dtypes are known at run time only.
            ///
            /// # Errors
            /// When the function is not for these dtypes, or there is no memory for the result.
            #[cfg(feature = "any")]
            pub fn outer_any(a: &AnyArray, b: &AnyArray) -> Result<AnyArray> {
                Self::any(dynamic::before(a, b)?, b)
            }

            /// In place, of the elements at these indices and those of `b`, one after the other: an
            /// index that comes twice is computed twice.
            ///
            /// # Errors
            /// When an index is out of bounds, the right operand does not broadcast to what the indices
            /// name, or the result is of a higher kind than the array's dtype. Then nothing is changed.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let mut a = Array::from([", stringify!($a), "]);")]
            #[doc = concat!("let once = ufuncs::", stringify!($name), "(&a, ", stringify!($b), ")?.astype::<f64>();")]
            #[doc = concat!("ufuncs::", stringify!($name), "::at(&mut a, [0], ", stringify!($b), ")?;")]
            /// assert_eq!(a.astype::<f64>(), once);
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn at<'b, T, B>(a: &mut Array<T>, indices: impl Indices, b: B) -> Result<()>
            where
                T: Element,
                (Array<T>, B): Pair<'b, Left = T>,
                define::takes!($($takes)?): TakesPair<'b, (Array<T>, B), $kernel>,
            {
                <define::takes!($($takes)?) as TakesPair<'b, (Array<T>, B), $kernel>>::at(
                    a,
                    indices,
                    (Array::from_vec(Vec::new()), b),
                )
            }

            /// As [`at`](Self::at), of arrays whose dtypes are known at run time only, or such an array and a number.
            ///
            /// # Errors
            /// As of [`any`](Self::any) and [`at`](Self::at).
            #[cfg(feature = "any")]
            pub fn at_any<'b>(
                a: &mut AnyArray,
                indices: impl Indices,
                b: impl Into<AnyOperand<'b>>,
            ) -> Result<()> {
                Self::ANY.at(a, indices, b)
            }
        }
    )*};
}

/// How a function of two arguments takes them, if nothing else is said.
macro_rules! takes {
    () => {
        crate::operand::AsTheyAre
    };
    ($takes:ty) => {
        $takes
    };
}

/// What looks at operands before, if anything does.
#[cfg(feature = "any")]
macro_rules! choose {
    () => {
        None
    };
    ($choose:path) => {
        Some($choose)
    };
}

#[cfg(feature = "any")]
pub(crate) use choose;
pub(crate) use {binary, takes, unary};
