//! Eight `f64` or sixteen `f32` in a register of AVX-512, with the operations that the loops use.
//!
//! A value of these types exists only where the processor has AVX-512: the one way to make one from
//! nothing, [`load`](F64x8::load), is `unsafe` and asks for that; all others take a vector. So the
//! instructions below are there whenever they are reached, and every `unsafe` block has that reason.
//! Constants become vectors beside another vector: `x.of(1.0)`, or as an operand, `x * 2.0`. All is
//! `#[inline(always)]`, so that it is compiled in the shell that has the instructions.
//!
//! Here are the single instructions; `composed` has what takes several, `convert` what leads from one type to
//! the other.

mod composed;
mod convert;

use std::arch::x86_64::*;
use std::mem::MaybeUninit;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Sub};

/// A vector, or a number that stands for a vector full of it.
pub(in crate::kernels) trait Operand<V> {
    /// The vector; `beside` is any, as a proof that there are vectors.
    fn beside(self, beside: V) -> V;
}

/// Comparisons as the instruction numbers them: ordered ones are false of nan.
mod predicate {
    pub(super) const EQUAL: i32 = 0x00;
    pub(super) const LESS: i32 = 0x11;
    pub(super) const AT_MOST: i32 = 0x12;
    pub(super) const UNORDERED: i32 = 0x03;
}

macro_rules! vector {
    (
        $(#[$doc:meta])* $name:ident($raw:ident): $lane:ident, $bits:ident, $lanes:literal, $mask:ident;
        float: $set:ident $load:ident $store:ident $add:ident $sub:ident $mul:ident $div:ident
            $fma:ident $fnma:ident $fms:ident $min:ident $max:ident $sqrt:ident $compare:ident $blend:ident
            $round:ident $reduce:ident $getexp:ident $getmant:ident $scalef:ident $fixup:ident $class:ident $reciprocal:ident $root:ident;
        bits: $set_bits:ident $to_bits:ident $from_bits:ident $and:ident $or:ident $xor:ident
            $add_bits:ident $sub_bits:ident $left:ident $right:ident $ternary:ident $test:ident;
        tables: $one_register:ident $two_registers:ident $half:literal $whole:literal
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(in crate::kernels) struct $name($raw);

        impl Operand<$name> for $name {
            #[inline(always)]
            fn beside(self, _: $name) -> $name {
                self
            }
        }

        impl Operand<$name> for $lane {
            #[inline(always)]
            fn beside(self, beside: $name) -> $name {
                beside.of(self)
            }
        }

        vector! { @operator $name:
            Add add |a, b| $add(a, b),
            Sub sub |a, b| $sub(a, b),
            Mul mul |a, b| $mul(a, b),
            Div div |a, b| $div(a, b),
            BitAnd bitand |a, b| $from_bits($and($to_bits(a), $to_bits(b))),
            BitOr bitor |a, b| $from_bits($or($to_bits(a), $to_bits(b))),
            BitXor bitxor |a, b| $from_bits($xor($to_bits(a), $to_bits(b)))
        }

        impl Neg for $name {
            type Output = $name;
            #[inline(always)]
            fn neg(self) -> $name {
                self ^ -0.0
            }
        }

        // What the other family of functions does not use may still be of use to the next.
        #[allow(dead_code)]
        impl $name {
            /// From memory.
            ///
            /// # Safety
            /// The processor has AVX-512 F, BW, CD, DQ and VL.
            #[inline(always)]
            pub(in crate::kernels) unsafe fn load(x: &[$lane; $lanes]) -> Self {
                // SAFETY: by this function's contract; the array is as long as the vector.
                unsafe { $name($load(x.as_ptr())) }
            }

            /// To memory.
            #[inline(always)]
            pub(in crate::kernels) fn store(self, y: &mut [MaybeUninit<$lane>; $lanes]) {
                // SAFETY: there are vectors; the array is as long as the vector.
                unsafe { $store(y.as_mut_ptr().cast(), self.0) }
            }

            /// A vector full of a number.
            #[inline(always)]
            pub(in crate::kernels) fn of(self, number: $lane) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($set(number)) }
            }

            /// A vector full of the number with these bits.
            #[inline(always)]
            pub(in crate::kernels) fn of_bits(self, bits: $bits) -> Self {
                self.of($lane::from_bits(bits))
            }

            /// `self * b + c`.
            #[inline(always)]
            pub(in crate::kernels) fn mul_add(self, b: impl Operand<Self>, c: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($fma(self.0, b.beside(self).0, c.beside(self).0)) }
            }

            /// `c - self * b`.
            #[inline(always)]
            pub(in crate::kernels) fn neg_mul_add(self, b: impl Operand<Self>, c: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($fnma(self.0, b.beside(self).0, c.beside(self).0)) }
            }

            /// `self * b - c`.
            #[inline(always)]
            pub(in crate::kernels) fn mul_sub(self, b: impl Operand<Self>, c: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($fms(self.0, b.beside(self).0, c.beside(self).0)) }
            }

            /// The smaller one; `self` where either is nan.
            #[inline(always)]
            pub(in crate::kernels) fn min(self, most: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors. The instruction gives its second operand if one is nan.
                unsafe { $name($min(most.beside(self).0, self.0)) }
            }

            /// The larger one; `self` where either is nan.
            #[inline(always)]
            pub(in crate::kernels) fn max(self, least: impl Operand<Self>) -> Self {
                // SAFETY: as of `min`.
                unsafe { $name($max(least.beside(self).0, self.0)) }
            }

            #[inline(always)]
            pub(in crate::kernels) fn abs(self) -> Self {
                self & $lane::from_bits($bits::MAX >> 1)
            }

            #[inline(always)]
            pub(in crate::kernels) fn sqrt(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($sqrt(self.0)) }
            }

            /// The magnitude of `self` with the sign of `sign`.
            #[inline(always)]
            pub(in crate::kernels) fn copysign(self, sign: Self) -> Self {
                // 0xca takes the second operand where the first is 1, else the third.
                // SAFETY: there are vectors.
                unsafe {
                    let magnitude = $set_bits(($bits::MAX >> 1) as _);
                    $name($from_bits($ternary::<0xca>(magnitude, $to_bits(self.0), $to_bits(sign.0))))
                }
            }

            /// `self` with its sign changed where `sign` is negative.
            #[inline(always)]
            pub(in crate::kernels) fn xor_sign(self, sign: Self) -> Self {
                // 0x6a is `c ^ (a & b)`, of a (0xf0), b (0xcc) and c (0xaa).
                // SAFETY: there are vectors.
                unsafe {
                    let negative = $set_bits((-0.0 as $lane).to_bits() as _);
                    $name($from_bits($ternary::<0x6a>(negative, $to_bits(sign.0), $to_bits(self.0))))
                }
            }

            /// The nearest multiple of 2^-`DIGITS`, ties to even.
            #[inline(always)]
            pub(in crate::kernels) fn round<const DIGITS: i32>(self) -> Self {
                // The upper four bits are the digits, the lower four say: to nearest, no exceptions.
                // SAFETY: there are vectors.
                unsafe {
                    $name(match DIGITS {
                        0 => $round::<0x08>(self.0),
                        1 => $round::<0x18>(self.0),
                        2 => $round::<0x28>(self.0),
                        3 => $round::<0x38>(self.0),
                        4 => $round::<0x48>(self.0),
                        5 => $round::<0x58>(self.0),
                        6 => $round::<0x68>(self.0),
                        7 => $round::<0x78>(self.0),
                        _ => panic!("as many digits are not used"),
                    })
                }
            }

            /// `self` - [`round`](Self::round): 0 of infinities.
            #[inline(always)]
            pub(in crate::kernels) fn rest<const DIGITS: i32>(self) -> Self {
                // As in `round`.
                // SAFETY: there are vectors.
                unsafe {
                    $name(match DIGITS {
                        0 => $reduce::<0x08>(self.0),
                        4 => $reduce::<0x48>(self.0),
                        5 => $reduce::<0x58>(self.0),
                        _ => panic!("as many digits are not used"),
                    })
                }
            }

            /// The greatest integer that is not above.
            #[inline(always)]
            pub(in crate::kernels) fn floor(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($round::<0x09>(self.0)) }
            }

            /// The exponent of the magnitude's leading bit, floor(log₂|x|), also of subnormals: -inf of 0,
            /// inf of inf, nan of nan.
            #[inline(always)]
            pub(in crate::kernels) fn exponent(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($getexp(self.0)) }
            }

            /// |x| / 2^exponent in [1, 2), also of subnormals; 1 of 0 and inf.
            #[inline(always)]
            pub(in crate::kernels) fn mantissa(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($getmant::<_MM_MANT_NORM_1_2, _MM_MANT_SIGN_ZERO>(self.0)) }
            }

            /// [`mantissa`](Self::mantissa), halved where its first digit after the point is 1: in [3/4, 3/2).
            #[inline(always)]
            pub(in crate::kernels) fn centred_mantissa(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($getmant::<_MM_MANT_NORM_P75_1P5, _MM_MANT_SIGN_ZERO>(self.0)) }
            }

            /// [`centred_mantissa`](Self::centred_mantissa) of positive numbers, nan of negative ones.
            #[inline(always)]
            pub(in crate::kernels) fn centred_mantissa_of_positive(self) -> Self {
                // The lower bit says that -0 has the sign of 0, the upper one that there is nan.
                // SAFETY: there are vectors.
                unsafe { $name($getmant::<_MM_MANT_NORM_P75_1P5, 3>(self.0)) }
            }

            /// `self` · 2^floor(`power`), rounded once, also where that is subnormal or infinite.
            #[inline(always)]
            pub(in crate::kernels) fn scale(self, power: Self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($scalef(self.0, power.0)) }
            }

            /// `self`, or where `x` is special what four bits of `table` say of its kind: from the lowest, quiet nan,
            /// signalling nan, 0, 1, -inf, inf, negative, positive. The bits: 0 `self`, 1 `x`, 2 a quiet nan of
            /// `x`, 3 the indefinite nan, 4 -inf, 5 inf, 6 inf with the sign of `x`, 7 -0, 8 0, 9 -1, 10 1.
            #[inline(always)]
            pub(in crate::kernels) fn except(self, x: Self, table: u32) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($fixup::<0>(self.0, x.0, $set_bits(table as _))) }
            }

            /// Where `self` is one of some kinds: 1 quiet nan, 2 zero, 4 -0, 8 inf, 16 -inf, 32 subnormal, 64
            /// negative and finite, 128 signalling nan, added up.
            #[inline(always)]
            pub(in crate::kernels) fn is<const KINDS: i32>(self) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $class::<KINDS>(self.0) }
            }

            /// 1 / `self` to 2^-14.
            #[inline(always)]
            pub(in crate::kernels) fn rough_reciprocal(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($reciprocal(self.0)) }
            }

            /// 1 / √`self` to 2^-14.
            #[inline(always)]
            pub(in crate::kernels) fn rough_reciprocal_root(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($root(self.0)) }
            }

            #[inline(always)]
            pub(in crate::kernels) fn equals(self, other: impl Operand<Self>) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $compare::<{ predicate::EQUAL }>(self.0, other.beside(self).0) }
            }

            #[inline(always)]
            pub(in crate::kernels) fn less(self, other: impl Operand<Self>) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $compare::<{ predicate::LESS }>(self.0, other.beside(self).0) }
            }

            #[inline(always)]
            pub(in crate::kernels) fn at_most(self, other: impl Operand<Self>) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $compare::<{ predicate::AT_MOST }>(self.0, other.beside(self).0) }
            }

            /// Where either is nan.
            #[inline(always)]
            pub(in crate::kernels) fn unordered(self, other: Self) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $compare::<{ predicate::UNORDERED }>(self.0, other.0) }
            }

            /// Where any of the bits of `self` and these is 1 in both.
            #[inline(always)]
            pub(in crate::kernels) fn has_bits(self, bits: $bits) -> $mask {
                // SAFETY: there are vectors.
                unsafe { $test($to_bits(self.0), $set_bits(bits as _)) }
            }

            /// `other` where the mask is 1, else `self`.
            #[inline(always)]
            pub(in crate::kernels) fn replace(self, mask: $mask, other: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($blend(mask, self.0, other.beside(self).0)) }
            }

            /// The sum of the bits as integers, which wraps.
            #[inline(always)]
            pub(in crate::kernels) fn add_bits(self, other: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($from_bits($add_bits($to_bits(self.0), $to_bits(other.beside(self).0)))) }
            }

            /// The difference of the bits as integers, which wraps.
            #[inline(always)]
            pub(in crate::kernels) fn sub_bits(self, other: impl Operand<Self>) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($from_bits($sub_bits($to_bits(self.0), $to_bits(other.beside(self).0)))) }
            }

            /// The bits, shifted towards the sign.
            #[inline(always)]
            pub(in crate::kernels) fn shift_left<const N: u32>(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($from_bits($left::<N>($to_bits(self.0)))) }
            }

            /// The bits, shifted away from the sign; zeros come in.
            #[inline(always)]
            pub(in crate::kernels) fn shift_right<const N: u32>(self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($from_bits($right::<N>($to_bits(self.0)))) }
            }

            /// The entries of a table of one register, chosen by the lowest bits of `self`.
            #[inline(always)]
            pub(in crate::kernels) fn choose_half(self, table: &[$lane; $half]) -> Self {
                // SAFETY: there are vectors; the table is as long as one.
                unsafe { $name($one_register($to_bits(self.0), $load(table.as_ptr()))) }
            }

            /// The entries of a table of two registers, chosen by the lowest bits of `self`.
            #[inline(always)]
            pub(in crate::kernels) fn choose(self, table: &[$lane; $whole]) -> Self {
                // SAFETY: there are vectors; the table is as long as two.
                unsafe {
                    let (low, high) = ($load(table.as_ptr()), $load(table.as_ptr().add($half)));
                    $name($two_registers(low, $to_bits(self.0), high))
                }
            }
        }
    };
    (@operator $name:ident: $($trait:ident $method:ident |$a:ident, $b:ident| $result:expr),*) => {$(
        impl<B: Operand<$name>> $trait<B> for $name {
            type Output = $name;
            #[inline(always)]
            fn $method(self, b: B) -> $name {
                let ($a, $b) = (self.0, b.beside(self).0);
                // SAFETY: there are vectors.
                unsafe { $name($result) }
            }
        }
    )*};
}

vector! {
    /// Eight `f64`.
    #[repr(transparent)]
    F64x8(__m512d): f64, u64, 8, __mmask8;
    float: _mm512_set1_pd _mm512_loadu_pd _mm512_storeu_pd _mm512_add_pd _mm512_sub_pd _mm512_mul_pd _mm512_div_pd
        _mm512_fmadd_pd _mm512_fnmadd_pd _mm512_fmsub_pd _mm512_min_pd _mm512_max_pd _mm512_sqrt_pd
        _mm512_cmp_pd_mask _mm512_mask_blend_pd _mm512_roundscale_pd _mm512_reduce_pd _mm512_getexp_pd _mm512_getmant_pd
        _mm512_scalef_pd _mm512_fixupimm_pd _mm512_fpclass_pd_mask _mm512_rcp14_pd _mm512_rsqrt14_pd;
    bits: _mm512_set1_epi64 _mm512_castpd_si512 _mm512_castsi512_pd _mm512_and_si512 _mm512_or_si512 _mm512_xor_si512
        _mm512_add_epi64 _mm512_sub_epi64 _mm512_slli_epi64 _mm512_srli_epi64 _mm512_ternarylogic_epi64
        _mm512_test_epi64_mask;
    tables: _mm512_permutexvar_pd _mm512_permutex2var_pd 8 16
}

vector! {
    /// Sixteen `f32`.
    #[repr(transparent)]
    F32x16(__m512): f32, u32, 16, __mmask16;
    float: _mm512_set1_ps _mm512_loadu_ps _mm512_storeu_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps _mm512_div_ps
        _mm512_fmadd_ps _mm512_fnmadd_ps _mm512_fmsub_ps _mm512_min_ps _mm512_max_ps _mm512_sqrt_ps
        _mm512_cmp_ps_mask _mm512_mask_blend_ps _mm512_roundscale_ps _mm512_reduce_ps _mm512_getexp_ps _mm512_getmant_ps
        _mm512_scalef_ps _mm512_fixupimm_ps _mm512_fpclass_ps_mask _mm512_rcp14_ps _mm512_rsqrt14_ps;
    bits: _mm512_set1_epi32 _mm512_castps_si512 _mm512_castsi512_ps _mm512_and_si512 _mm512_or_si512 _mm512_xor_si512
        _mm512_add_epi32 _mm512_sub_epi32 _mm512_slli_epi32 _mm512_srli_epi32 _mm512_ternarylogic_epi32
        _mm512_test_epi32_mask;
    tables: _mm512_permutexvar_ps _mm512_permutex2var_ps 16 32
}
