//! The macro that makes kernels of closures: one line for all dtypes that share an expression.

/// Implements [`Unary`](crate::engine::kernel::Unary) or [`Binary`](crate::engine::kernel::Binary)
/// for a kernel, for every dtype of each list.
///
/// A line is `[dtypes] => result, |a, b| expression;`, where the result is a dtype, or `same`. In
/// the expression `T` is the dtype and `I` the instruction set. A kernel that `copies` dtypes gives what it takes.
#[macro_export]
macro_rules! kernel {
    (copies $kernel:ty: [$($type:ty)*]) => {$(
        impl $crate::engine::kernel::Unary<$type> for $kernel {
            type Output = $type;
            const COST: f32 = 0.25;
            const COPIES: bool = true;
            #[inline(always)]
            fn call<I: $crate::engine::isa::Isa>(a: $type) -> $type {
                a
            }
        }
    )*};
    (unary $kernel:ty, $cost:literal: $([$($type:ty)*] => $out:tt, |$a:ident| $value:expr;)*) => {
        $($($crate::kernel! { @unary $kernel, $cost, $type, $out, |$a| $value })*)*
    };
    (binary $kernel:ty, $cost:literal:
     $([$($type:ty)*] => $out:tt, |$a:ident, $b:ident| $value:expr;)*) => {
        $($($crate::kernel! { @binary $kernel, $cost, $type, $out, |$a, $b| $value })*)*
    };
    (@unary $kernel:ty, $cost:literal, $type:ty, $out:tt, |$a:ident| $value:expr) => {
        impl $crate::engine::kernel::Unary<$type> for $kernel {
            type Output = $crate::kernel!(@output $out, $type);
            const COST: f32 = $cost;
            #[inline(always)]
            fn call<I: $crate::engine::isa::Isa>($a: $type) -> Self::Output {
                #[allow(dead_code, reason = "not all expressions name it")]
                type T = $type;
                $value
            }
        }
    };
    (@binary $kernel:ty, $cost:literal, $type:ty, $out:tt, |$a:ident, $b:ident| $value:expr) => {
        impl $crate::engine::kernel::Binary<$type> for $kernel {
            type Output = $crate::kernel!(@output $out, $type);
            const COST: f32 = $cost;
            #[inline(always)]
            fn call<I: $crate::engine::isa::Isa>($a: $type, $b: $type) -> Self::Output {
                #[allow(dead_code, reason = "not all expressions name it")]
                type T = $type;
                $value
            }
        }
    };
    (@output same, $type:ty) => { $type };
    (@output $out:ty, $type:ty) => { $out };
}
