//! Eight `i64` or sixteen `i32` in a register of AVX-512, with the operations that sorting needs.
//!
//! A value of these types exists only where the processor has AVX-512: whatever makes one from nothing is
//! `unsafe` and asks for that. So the instructions below are there whenever they are reached, and every
//! `unsafe` block has that reason. All is `#[inline(always)]`, so that it is compiled in functions that
//! have the instructions.

use std::arch::x86_64::*;
use std::mem::MaybeUninit;

/// A register full of keys.
pub(in super::super) trait Vector: Copy {
    /// What is sorted: `i32` or `i64`.
    type Key: Copy + Ord + Send + Sync;
    /// How many keys a register holds, at least eight.
    const LANES: usize;

    /// So many keys from memory, at most [`LANES`](Self::LANES); the largest key there is in all other lanes.
    ///
    /// # Safety
    /// The processor has AVX-512; the keys may be read. If there are none, the address may be any.
    unsafe fn load(from: *const Self::Key, count: usize) -> Self;

    /// As many keys as there are lanes.
    ///
    /// # Safety
    /// As [`load`](Self::load).
    unsafe fn load_all(from: *const Self::Key) -> Self;

    /// A register full of one key.
    ///
    /// # Safety
    /// The processor has AVX-512.
    unsafe fn full(key: Self::Key) -> Self;

    /// The first keys to memory, at most as many as there are lanes.
    ///
    /// # Safety
    /// They may be written there.
    unsafe fn store(self, to: *mut MaybeUninit<Self::Key>, count: usize);

    /// All keys to memory.
    ///
    /// # Safety
    /// As [`store`](Self::store).
    unsafe fn store_all(self, to: *mut MaybeUninit<Self::Key>);

    /// The key in the first lane.
    fn first(self) -> Self::Key;

    /// The smaller key of each lane.
    fn min(self, other: Self) -> Self;

    /// The larger key of each lane.
    fn max(self, other: Self) -> Self;

    /// The smaller key in lanes whose number has no bit of `BIT`, the larger one in the others.
    fn min_max<const BIT: usize>(self, other: Self) -> Self;

    /// Each group of so many lanes in reverse: 2, 4, 8 or 16.
    fn reversed<const GROUP: usize>(self) -> Self;

    /// Each lane's key from the lane whose number differs in this bit: 1, 2 or 4.
    fn exchanged<const BIT: usize>(self) -> Self;

    /// A bit for each lane whose key is less than the other's.
    fn less(self, other: Self) -> u32;

    /// The keys whose bits are set, in the first lanes; what is in the others is open.
    fn packed(self, mask: u32) -> Self;
}

macro_rules! vector {
    (
        $(#[$doc:meta])* $name:ident($raw:ident): $key:ident, $lanes:literal, $mask:ident;
        $load:ident $store:ident $set:ident $min:ident $max:ident $mask_max:ident $less:ident $pack:ident $first:ident;
        reversed: $($group:literal => $reversed:expr),*;
        exchanged: $($bit:literal => $exchanged:expr),*;
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(in super::super) struct $name(__m512i);

        impl Vector for $name {
            type Key = $key;
            const LANES: usize = $lanes;

            #[inline(always)]
            unsafe fn load(from: *const $key, count: usize) -> Self {
                // SAFETY: by this function's contract; lanes that are masked out are not read.
                unsafe { $name($load($set($key::MAX), ((1u32 << count) - 1) as $mask, from)) }
            }

            #[inline(always)]
            unsafe fn load_all(from: *const $key) -> Self {
                // SAFETY: by this function's contract.
                unsafe { $name(_mm512_loadu_si512(from.cast())) }
            }

            #[inline(always)]
            unsafe fn full(key: $key) -> Self {
                // SAFETY: by this function's contract.
                unsafe { $name($set(key)) }
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut MaybeUninit<$key>, count: usize) {
                // SAFETY: by this function's contract; lanes that are masked out are not written.
                unsafe { $store(to.cast(), ((1u32 << count) - 1) as $mask, self.0) }
            }

            #[inline(always)]
            unsafe fn store_all(self, to: *mut MaybeUninit<$key>) {
                // SAFETY: by this function's contract.
                unsafe { _mm512_storeu_si512(to.cast(), self.0) }
            }

            #[inline(always)]
            fn first(self) -> $key {
                // SAFETY: there are vectors.
                unsafe { $first(_mm512_castsi512_si128(self.0)) }
            }

            #[inline(always)]
            fn min(self, other: Self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($min(self.0, other.0)) }
            }

            #[inline(always)]
            fn max(self, other: Self) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($max(self.0, other.0)) }
            }

            #[inline(always)]
            fn min_max<const BIT: usize>(self, other: Self) -> Self {
                let mask = match BIT {
                    1 => 0xaaaa_u32,
                    2 => 0xcccc,
                    4 => 0xf0f0,
                    _ => 0xff00,
                };
                // SAFETY: there are vectors.
                unsafe { $name($mask_max($min(self.0, other.0), mask as $mask, self.0, other.0)) }
            }

            #[inline(always)]
            fn reversed<const GROUP: usize>(self) -> Self {
                let $raw = self.0;
                // SAFETY: there are vectors.
                $name(unsafe {
                    match GROUP {
                        $($group => $reversed,)*
                        _ => unreachable!("a register has no such groups"),
                    }
                })
            }

            #[inline(always)]
            fn exchanged<const BIT: usize>(self) -> Self {
                let $raw = self.0;
                // SAFETY: there are vectors.
                $name(unsafe {
                    match BIT {
                        $($bit => $exchanged,)*
                        _ => unreachable!("no network exchanges these"),
                    }
                })
            }

            #[inline(always)]
            fn less(self, other: Self) -> u32 {
                // SAFETY: there are vectors.
                u32::from(unsafe { $less(self.0, other.0) })
            }

            #[inline(always)]
            fn packed(self, mask: u32) -> Self {
                // SAFETY: there are vectors.
                unsafe { $name($pack(mask as $mask, self.0)) }
            }
        }
    };
}

vector! {
    /// Eight keys of 64 bits.
    I64x8(raw): i64, 8, __mmask8;
    _mm512_mask_loadu_epi64 _mm512_mask_storeu_epi64 _mm512_set1_epi64 _mm512_min_epi64 _mm512_max_epi64
    _mm512_mask_max_epi64 _mm512_cmplt_epi64_mask _mm512_maskz_compress_epi64 _mm_cvtsi128_si64;
    reversed:
        2 => _mm512_permutex_epi64::<0b10_11_00_01>(raw),
        4 => _mm512_permutex_epi64::<0b00_01_10_11>(raw),
        8 => _mm512_permutexvar_epi64(_mm512_set_epi64(0, 1, 2, 3, 4, 5, 6, 7), raw);
    exchanged:
        1 => _mm512_permutex_epi64::<0b10_11_00_01>(raw),
        2 => _mm512_permutex_epi64::<0b01_00_11_10>(raw);
}

vector! {
    /// Sixteen keys of 32 bits.
    I32x16(raw): i32, 16, __mmask16;
    _mm512_mask_loadu_epi32 _mm512_mask_storeu_epi32 _mm512_set1_epi32 _mm512_min_epi32 _mm512_max_epi32
    _mm512_mask_max_epi32 _mm512_cmplt_epi32_mask _mm512_maskz_compress_epi32 _mm_cvtsi128_si32;
    reversed:
        2 => _mm512_shuffle_epi32::<0b10_11_00_01>(raw),
        4 => _mm512_shuffle_epi32::<0b00_01_10_11>(raw),
        8 => _mm512_permutexvar_epi32(
            _mm512_set_epi32(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
            raw,
        ),
        16 => _mm512_permutexvar_epi32(
            _mm512_set_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
            raw,
        );
    exchanged:
        1 => _mm512_shuffle_epi32::<0b10_11_00_01>(raw),
        2 => _mm512_shuffle_epi32::<0b01_00_11_10>(raw),
        4 => _mm512_shuffle_i64x2::<0b10_11_00_01>(raw, raw);
}
