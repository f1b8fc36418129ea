//! The operators `+ - * / -a` and their assigning forms, and the kernels behind them.
//!
//! They live here and not among the ufuncs because Rust lets only the crate that owns a type give
//! it operators. The functions `add`, `subtract`, … of `ufuncs` are made from the same [`kernels`].
//!
//! An operator cannot return an error, so where the function would, it panics with the error's
//! message at the caller's line.

use std::ops;

use crate::engine::call::{self, Single, Source};
use crate::engine::kernel::{Binary, Unary};
use crate::error::or_panic;
use crate::{Array, Element, Promote, complex64, complex128, f16};

/// The kernels of arithmetic.
pub mod kernels {
    use super::*;
    use crate::engine::isa::Isa;

    /// Sum; of bools, "or".
    #[derive(Debug)]
    pub struct Add;
    /// Difference.
    #[derive(Debug)]
    pub struct Subtract;
    /// Product; of bools, "and".
    #[derive(Debug)]
    pub struct Multiply;
    /// True quotient: of integers, an `f64`.
    #[derive(Debug)]
    pub struct Divide;
    /// The number with the other sign.
    #[derive(Debug)]
    pub struct Negative;

    macro_rules! binary {
        ($kernel:ident, $cost:literal: $($type:ty => $out:ty, |$a:ident, $b:ident| $value:expr;)*) => {$(
            impl Binary<$type> for $kernel {
                type Output = $out;
                const COST: f32 = $cost;
                #[inline(always)]
                fn call<I: Isa>($a: $type, $b: $type) -> $out { $value }
            }
        )*};
    }
    macro_rules! unary {
        ($kernel:ident, $cost:literal: $($type:ty => |$a:ident| $value:expr;)*) => {$(
            impl Unary<$type> for $kernel {
                type Output = $type;
                const COST: f32 = $cost;
                #[inline(always)]
                fn call<I: Isa>($a: $type) -> $type { $value }
            }
        )*};
    }
    macro_rules! of_integers {
        ($($type:ty)*) => {$(
            binary! { Add, 0.25: $type => $type, |a, b| a.wrapping_add(b); }
            binary! { Subtract, 0.25: $type => $type, |a, b| a.wrapping_sub(b); }
            binary! { Multiply, 0.25: $type => $type, |a, b| a.wrapping_mul(b); }
            binary! { Divide, 0.5: $type => f64, |a, b| a as f64 / b as f64; }
            unary! { Negative, 0.25: $type => |a| a.wrapping_neg(); }
        )*};
    }
    macro_rules! of_floats {
        ($($type:ty)*) => {$(
            binary! { Add, 0.25: $type => $type, |a, b| a + b; }
            binary! { Subtract, 0.25: $type => $type, |a, b| a - b; }
            binary! { Multiply, 0.25: $type => $type, |a, b| a * b; }
            binary! { Divide, 0.4: $type => $type, |a, b| a / b; }
            unary! { Negative, 0.25: $type => |a| -a; }
        )*};
    }
    of_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }
    of_floats! { f16 f32 f64 complex64 complex128 }
    binary! { Add, 0.1: bool => bool, |a, b| a | b; }
    binary! { Multiply, 0.1: bool => bool, |a, b| a & b; }
    binary! { Divide, 0.5: bool => f64, |a, b| a as u8 as f64 / b as u8 as f64; }
}

macro_rules! binary_operators {
    ($($trait:ident $method:ident $trait_assign:ident $method_assign:ident $kernel:ident;)*) => {$(
        binary_operators! { @arrays $trait $method $kernel:
            &'a Array<A>, &'a Array<B>; &'a Array<A>, Array<B>; Array<A>, &'a Array<B>; Array<A>, Array<B>;
        }
        binary_operators! { @scalars $trait $method $kernel: &'a Array<A>; Array<A>; }

        impl<A, B> ops::$trait_assign<&Array<B>> for Array<A>
        where
            A: Promote<B, Output = A>,
            B: Element,
            kernels::$kernel: Binary<A, Output = A>,
        {
            #[track_caller]
            fn $method_assign(&mut self, other: &Array<B>) {
                or_panic(call::binary_in_place::<A, B, kernels::$kernel>(self, Source::Borrowed(other)));
            }
        }

        impl<A> ops::$trait_assign<A> for Array<A>
        where
            A: Promote<A, Output = A>,
            kernels::$kernel: Binary<A, Output = A>,
        {
            #[track_caller]
            fn $method_assign(&mut self, other: A) {
                or_panic(call::binary_in_place::<A, A, kernels::$kernel>(self, Source::Scalar(other)));
            }
        }
    )*};
    (@arrays $trait:ident $method:ident $kernel:ident: $($left:ty, $right:ty;)*) => {$(
        impl<'a, A, B> ops::$trait<$right> for $left
        where
            A: Promote<B>,
            B: Element,
            kernels::$kernel: Binary<<A as Promote<B>>::Output>,
        {
            type Output = Array<<kernels::$kernel as Binary<<A as Promote<B>>::Output>>::Output>;
            #[track_caller]
            fn $method(self, other: $right) -> Self::Output {
                or_panic(call::binary::<kernels::$kernel, _>((self, other)))
            }
        }
    )*};
    (@scalars $trait:ident $method:ident $kernel:ident: $($array:ty;)*) => {$(
        impl<'a, A> ops::$trait<A> for $array
        where
            A: Promote<A>,
            kernels::$kernel: Binary<<A as Promote<A>>::Output>,
        {
            type Output = Array<<kernels::$kernel as Binary<<A as Promote<A>>::Output>>::Output>;
            #[track_caller]
            fn $method(self, other: A) -> Self::Output {
                or_panic(call::binary::<kernels::$kernel, _>((self, other)))
            }
        }
    )*};
}
binary_operators! {
    Add add AddAssign add_assign Add;
    Sub sub SubAssign sub_assign Subtract;
    Mul mul MulAssign mul_assign Multiply;
    Div div DivAssign div_assign Divide;
}

/// Operators with a scalar on the left: one impl per dtype, as Rust has no generic one.
macro_rules! scalars_on_the_left {
    ($trait:ident $method:ident $kernel:ident: $($type:ident)*) => {$(
        scalars_on_the_left! { @ $type, $trait $method $kernel: &'a Array<$type>; Array<$type>; }
    )*};
    (@ $type:ident, $trait:ident $method:ident $kernel:ident: $($array:ty;)*) => {$(
        impl<'a> ops::$trait<$array> for $type {
            type Output = Array<<kernels::$kernel as Binary<$type>>::Output>;
            #[track_caller]
            fn $method(self, other: $array) -> Self::Output {
                or_panic(call::binary::<kernels::$kernel, _>((self, other)))
            }
        }
    )*};
}
scalars_on_the_left! { Add add Add: bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
scalars_on_the_left! { Sub sub Subtract: i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
scalars_on_the_left! { Mul mul Multiply: bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
scalars_on_the_left! { Div div Divide: bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }

macro_rules! negative {
    ($($array:ty;)*) => {$(
        impl<'a, T: Element> ops::Neg for $array
        where
            kernels::Negative: Unary<T, Output = T>,
        {
            type Output = Array<T>;
            #[track_caller]
            fn neg(self) -> Array<T> {
                call::unary::<kernels::Negative, T, T, T>(self.into_source())
            }
        }
    )*};
}
negative! { &'a Array<T>; Array<T>; }

#[cfg(test)]
mod tests {
    use crate::{Array, arange, s, scalar, zeros};

    #[test]
    fn arrays_and_scalars_on_either_side() {
        let a: Array<f64> = arange(3.0).unwrap();
        assert_eq!((&a + &a).to_vec(), [0.0, 2.0, 4.0]);
        assert_eq!((1.0 - &a).to_vec(), [1.0, 0.0, -1.0]);
        assert_eq!((&a / 2.0).to_vec(), [0.0, 0.5, 1.0]);
        assert_eq!((2.0 * -&a + a.clone()).to_vec(), [0.0, -1.0, -2.0]);
        let single: Array<f32> = &arange(2.0f32).unwrap() + 1.0;
        assert_eq!(single.to_vec(), [1.0, 2.0]);
    }

    #[test]
    fn dtypes_meet_as_in_numpy() {
        let i = Array::from_vec(vec![1i64, -2]);
        let quotient: Array<f64> = &i / &Array::from_vec(vec![2i8, 0]);
        assert_eq!(quotient.to_vec(), [0.5, f64::NEG_INFINITY]);
        let sum: Array<f64> = &i + &Array::from_vec(vec![0.5f32, 0.25]);
        assert_eq!(sum.to_vec(), [1.5, -1.75]);
        let wrapped = &Array::from_vec(vec![200u8]) + 100;
        assert_eq!(wrapped.to_vec(), [44]);
        let either = Array::from_vec(vec![true, false]) + Array::from_vec(vec![false, false]);
        assert_eq!(either.to_vec(), [true, false]);
    }

    #[test]
    fn shapes_broadcast() {
        let column = arange(3).unwrap().reshape([3, 1]).unwrap();
        let row = arange(2).unwrap();
        assert_eq!((&column * 10 + &row).to_vec(), [0, 1, 10, 11, 20, 21]);
        assert_eq!((&zeros::<f64>([0, 2]).unwrap() + &row).shape(), [0, 2]);
        assert_eq!((&scalar(2) + &scalar(3)).item().unwrap(), 5);
    }

    #[test]
    #[should_panic(expected = "(2,) (3,) do not broadcast")]
    fn operators_panic_with_the_errors_message() {
        let _ = arange(2).unwrap() + arange(3).unwrap();
    }

    #[test]
    fn results_that_no_memory_holds_are_errors_or_panics_not_the_end() {
        let huge = arange(8.0).unwrap().broadcast_to([1 << 20, 1 << 20, 1 << 15, 8]).unwrap();
        assert!(crate::engine::call::binary::<super::kernels::Add, _>((&huge, 1.0)).unwrap_err().is_memory());
        assert!(std::panic::catch_unwind(|| -&huge).is_err());
    }

    #[test]
    fn owned_operands_are_reused_and_shared_ones_are_not() {
        let a = arange(100.0).unwrap();
        let address = a.address();
        let b = a + 1.0;
        assert_eq!(b.address(), address);
        let kept = b.clone();
        let c = b * 2.0;
        assert_ne!(c.address(), address);
        assert_eq!(kept[[1]], 2.0);
        // As the right operand, and of a shape that does not fit the result.
        let address = c.address();
        let d = &kept - c;
        assert_eq!(d.address(), address);
        let row = arange(2.0).unwrap();
        assert_eq!((arange(4.0).unwrap().reshape([2, 2]).unwrap() + row).to_vec(), [0.0, 2.0, 2.0, 4.0]);
    }

    #[test]
    fn assignment_writes_in_place_unless_shared() {
        let mut a = arange(6.0).unwrap();
        let address = a.address();
        a *= 2.0;
        a += &arange(6).unwrap();
        assert_eq!(a.address(), address);
        assert_eq!(a[[5]], 15.0);
        let before = a.clone();
        a -= &before;
        assert_eq!((a[[5]], before[[5]]), (0.0, 15.0));
        let mut part = before.slice(s![..;-2]).unwrap();
        part /= 3.0;
        assert_eq!(part.to_vec(), [5.0, 3.0, 1.0]);
        assert_eq!(before[[5]], 15.0);
    }
}
