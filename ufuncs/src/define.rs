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
            /// As the function, into an array that is there: of any dtype that holds the result's
            /// kind, of a shape that the operand broadcasts to.
            ///
            /// # Errors
            /// When shape or dtype do not fit.
            pub fn out<'a, A, R>(a: A, out: &mut Array<R>) -> Result<()>
            where
                A: Single<'a>,
                R: Element,
                $takes: Takes<A::Item, $kernel>,
            {
                <$takes as Takes<A::Item, $kernel>>::out(a.into_source(), out)
            }
        }
    )*};
}

/// Functions of two arguments, which meet in a common dtype, or as what follows `as` has it.
macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident: $kernel:ty $(as $takes:ty)?, [$a:expr, $b:expr] => $out:expr;)*) => {$(
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
            /// As the function, into an array that is there: of any dtype that holds the result's
            /// kind, of a shape that both operands broadcast to.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            pub fn out<'a, A, B, R>(a: A, b: B, out: &mut Array<R>) -> Result<()>
            where
                (A, B): Pair<'a>,
                R: Element,
                define::takes!($($takes)?): TakesPair<'a, (A, B), $kernel>,
            {
                <define::takes!($($takes)?) as TakesPair<'a, (A, B), $kernel>>::out((a, b), out)
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

pub(crate) use {binary, takes, unary};
