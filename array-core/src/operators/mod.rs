//! The operators `+ - * / % & | ^ << >>`, their assigning forms, `-a` and `!a`, and the kernels
//! behind them.
//!
//! They live here and not among the ufuncs because Rust lets only the crate that owns a type give
//! it operators. The functions `add`, `subtract`, … of `ufuncs` are made from the same [`kernels`].
//!
//! They mean what they mean in NumPy: `%` has the sign of the divisor, integers wrap, `/` of
//! integers is an `f64`, and shifts by more bits than there are give 0 (or -1).
//!
//! An operator cannot return an error, so where the function would, it panics with the error's
//! message at the caller's line.

use std::ops;

use crate::engine::call::{self, Single, Source};
use crate::engine::kernel::{Binary, Unary};
use crate::error::or_panic;
use crate::{Array, Element, Promote, complex64, complex128, f16};

pub mod kernels;

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
    Rem rem RemAssign rem_assign Remainder;
    BitAnd bitand BitAndAssign bitand_assign BitwiseAnd;
    BitOr bitor BitOrAssign bitor_assign BitwiseOr;
    BitXor bitxor BitXorAssign bitxor_assign BitwiseXor;
    Shl shl ShlAssign shl_assign LeftShift;
    Shr shr ShrAssign shr_assign RightShift;
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
scalars_on_the_left! { Rem rem Remainder: bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 }
scalars_on_the_left! { BitAnd bitand BitwiseAnd: bool i8 i16 i32 i64 u8 u16 u32 u64 }
scalars_on_the_left! { BitOr bitor BitwiseOr: bool i8 i16 i32 i64 u8 u16 u32 u64 }
scalars_on_the_left! { BitXor bitxor BitwiseXor: bool i8 i16 i32 i64 u8 u16 u32 u64 }
scalars_on_the_left! { Shl shl LeftShift: bool i8 i16 i32 i64 u8 u16 u32 u64 }
scalars_on_the_left! { Shr shr RightShift: bool i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! prefix_operators {
    ($($trait:ident $method:ident $kernel:ident: $($array:ty),*;)*) => {$($(
        impl<'a, T: Element> ops::$trait for $array
        where
            kernels::$kernel: Unary<T, Output = T>,
        {
            type Output = Array<T>;
            #[track_caller]
            fn $method(self) -> Array<T> {
                call::unary::<kernels::$kernel, T, T, T>(self.into_source())
            }
        }
    )*)*};
}
prefix_operators! {
    Neg neg Negative: &'a Array<T>, Array<T>;
    Not not Invert: &'a Array<T>, Array<T>;
}

#[cfg(test)]
mod tests {
    use super::{call, kernels};
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
    fn bits_and_remainders() {
        let i = Array::from_vec(vec![13i32, -13]);
        assert_eq!((&i % 5).to_vec(), [3, 2]);
        assert_eq!((&i % &Array::from_vec(vec![0i32, -5])).to_vec(), [0, -3]);
        assert_eq!((7.5 % &Array::from_vec(vec![-2.0f64])).to_vec(), [-0.5]);
        assert_eq!(((&i & 6) | 1).to_vec(), [5, 3]);
        assert_eq!((&i ^ &i).to_vec(), [0, 0]);
        assert_eq!((!&i).to_vec(), [-14, 12]);
        assert_eq!((&i << 1).to_vec(), [26, -26]);
        assert_eq!((&i >> 40).to_vec(), [0, -1]);
        let mut mask = !Array::from_vec(vec![true, false]);
        mask |= &Array::from_vec(vec![false, false]);
        assert_eq!(mask.to_vec(), [false, true]);
        let mut bits = Array::from_vec(vec![1u8]);
        bits <<= 3;
        bits %= 5;
        assert_eq!(bits.to_vec(), [3]);
    }

    #[test]
    fn division_by_a_constant_is_division() {
        fn all_of_i8() -> Array<i8> {
            Array::from_vec((i8::MIN..=i8::MAX).collect())
        }
        for d in i8::MIN..=i8::MAX {
            let expected = |f: fn(i32, i32) -> i32| -> Vec<i8> {
                (i8::MIN..=i8::MAX).map(|a| if d == 0 { 0 } else { f(a as i32, d as i32) as i8 }).collect()
            };
            let floor = |a: i32, d: i32| (a as f64 / d as f64).floor() as i32;
            let quotients = call::binary::<kernels::FloorDivide, _>((all_of_i8(), d)).unwrap().to_vec();
            assert_eq!(quotients, expected(floor), "by {d}");
            assert_eq!(
                (all_of_i8() % d).to_vec(),
                expected(|a, d| a - d * (a as f64 / d as f64).floor() as i32)
            );
            let divisors = Array::from_vec(vec![d; 256]);
            assert_eq!((all_of_i8() % divisors), all_of_i8() % d);
            let fmod = call::binary::<kernels::Fmod, _>((all_of_i8(), d)).unwrap().to_vec();
            assert_eq!(fmod, expected(|a, d| a % d));
        }
        macro_rules! wide {
            ($($type:ident)*) => {$(
                let edges: Vec<$type> = (0..$type::BITS)
                    .flat_map(|bit| [-2, -1, 0, 1, 2].map(|near| ((1 as $type) << bit).wrapping_add(near as $type)))
                    .flat_map(|value| [value, value.wrapping_neg()])
                    .collect();
                let all = Array::from_vec(edges.clone());
                for &d in &edges {
                    let by_constant = call::binary::<kernels::FloorDivide, _>((&all, d)).unwrap();
                    let divisors = Array::from_vec(vec![d; edges.len()]);
                    let one_by_one = call::binary::<kernels::FloorDivide, _>((&all, &divisors)).unwrap();
                    assert_eq!(by_constant, one_by_one, "by {d}");
                    // Euclid's quotient is the rounded-down one for positive divisors.
                    for (&a, q) in edges.iter().zip(by_constant.to_vec()).filter(|_| d > 0) {
                        assert_eq!(q as i128, (a as i128).div_euclid(d as i128), "{a} by {d}");
                    }
                }
            )*};
        }
        wide! { i16 i32 i64 u8 u16 u32 u64 }
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
