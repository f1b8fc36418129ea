//! One vector register of real numbers, 64 bytes: its first elements from and to memory, products added to its
//! lanes, and the sum of these.
//!
//! With AVX-512 these are written by hand: what is left at the end of a row is read under a mask, and of sums over lanes
//! the compiler makes whole loops of narrower vectors. Elsewhere they are plain loops.

use std::ops::Sub;

use array_core::engine::isa::Isa;

use super::number::Number;

/// A number of one part: what the lanes of a register hold.
pub(super) trait Real: Number + Sub<Output = Self> {
    /// `a * b + c` of each lane.
    ///
    /// # Safety
    /// The processor has AVX-512 F and DQ.
    #[cfg(target_arch = "x86_64")]
    unsafe fn wide_multiply_add(a: wide::Register, b: wide::Register, c: wide::Register) -> wide::Register;

    /// `a + b` of each lane.
    ///
    /// # Safety
    /// The processor has AVX-512 F.
    #[cfg(target_arch = "x86_64")]
    unsafe fn wide_plus(a: wide::Register, b: wide::Register) -> wide::Register;
}

macro_rules! reals {
    ($($type:ident: |$a:ident, $b:ident, $c:ident| $multiply_add:expr, $plus:expr;)*) => {$(
        impl Real for $type {
            #[cfg(target_arch = "x86_64")]
            #[inline(always)]
            unsafe fn wide_multiply_add($a: wide::Register, $b: wide::Register, $c: wide::Register) -> wide::Register {
                // SAFETY: by this function's contract.
                unsafe { $multiply_add }
            }
            #[cfg(target_arch = "x86_64")]
            #[inline(always)]
            unsafe fn wide_plus($a: wide::Register, $b: wide::Register) -> wide::Register {
                // SAFETY: by this function's contract.
                unsafe { $plus }
            }
        }
    )*};
}
reals! {
    f32: |a, b, c| wide::multiply_add_f32(a, b, c), wide::plus_f32(a, b);
    f64: |a, b, c| wide::multiply_add_f64(a, b, c), wide::plus_f64(a, b);
    i32: |a, b, c| wide::plus_i32(wide::times_i32(a, b), c), wide::plus_i32(a, b);
    u32: |a, b, c| wide::plus_i32(wide::times_i32(a, b), c), wide::plus_i32(a, b);
    i64: |a, b, c| wide::plus_i64(wide::times_i64(a, b), c), wide::plus_i64(a, b);
    u64: |a, b, c| wide::plus_i64(wide::times_i64(a, b), c), wide::plus_i64(a, b);
}

/// Whether what is read and written under a mask costs no more than whole registers.
pub(super) const fn has_masks<I: Isa>() -> bool {
    // Fused multiplications came after the masked moves of AVX.
    cfg!(target_arch = "x86_64") && I::FMA
}

/// The first `count` elements from here on, and zeros.
///
/// # Safety
/// They can be read; there are at most as many as lanes.
#[inline(always)]
pub(super) unsafe fn load<I: Isa, T: Real, const LANES: usize>(from: *const T, count: usize) -> [T; LANES] {
    const { assert!(size_of::<T>() * LANES == 64) };
    #[cfg(target_arch = "x86_64")]
    if has_masks::<I>() {
        let words = count * (size_of::<T>() / 4);
        // SAFETY: by this function's contract, and as both have 64 bytes.
        return unsafe {
            if I::AVX512 {
                std::mem::transmute_copy(&wide::load(from.cast(), words))
            } else {
                std::mem::transmute_copy(&wide::load_halves(from.cast(), words))
            }
        };
    }
    if count == LANES {
        // SAFETY: by this function's contract.
        return unsafe { from.cast::<[T; LANES]>().read() };
    }
    let mut lanes = [T::ZERO; LANES];
    // SAFETY: by this function's contract.
    unsafe { std::ptr::copy_nonoverlapping(from, lanes.as_mut_ptr(), count) };
    lanes
}

/// Fetches what lies ahead of here into a cache, if it is there at all: the processor by itself does not fetch far enough
/// from its outer caches.
#[inline(always)]
pub(super) fn fetch_ahead<T>(from: *const T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        /// How many bytes ahead.
        const AHEAD: usize = 2048;
        // SAFETY: a hint about an address is no access: it may be anything.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.wrapping_byte_add(AHEAD).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = from;
}

/// Writes the first `count` lanes.
///
/// # Safety
/// So many elements can be written from here on, and there are at most as many as lanes.
#[inline(always)]
pub(super) unsafe fn store<I: Isa, T: Real, const LANES: usize>(to: *mut T, count: usize, lanes: [T; LANES]) {
    #[cfg(target_arch = "x86_64")]
    if has_masks::<I>() {
        let words = count * (size_of::<T>() / 4);
        // SAFETY: by this function's contract, and as both have 64 bytes.
        return unsafe {
            if I::AVX512 {
                wide::store(to.cast(), words, std::mem::transmute_copy(&lanes))
            } else {
                wide::store_halves(to.cast(), words, std::mem::transmute_copy(&lanes))
            }
        };
    }
    // SAFETY: by this function's contract.
    unsafe { std::ptr::copy_nonoverlapping(lanes.as_ptr(), to, count) };
}

/// `x * y + sums` of each lane.
#[inline(always)]
pub(super) fn add_products<I: Isa, T: Real, const LANES: usize>(
    x: [T; LANES],
    y: [T; LANES],
    mut sums: [T; LANES],
) -> [T; LANES] {
    #[cfg(target_arch = "x86_64")]
    if I::AVX512 {
        // SAFETY: this instruction set has it, and all have 64 bytes.
        return unsafe {
            let [x, y, sums] = [x, y, sums].map(wide::register);
            std::mem::transmute_copy(&T::wide_multiply_add(x, y, sums))
        };
    }
    for j in 0..LANES {
        sums[j] = T::multiply_add::<I>(x[j], y[j], sums[j]);
    }
    sums
}

/// The lanes with neighbours swapped.
#[inline(always)]
pub(super) fn swapped<I: Isa, T: Real, const LANES: usize>(lanes: [T; LANES]) -> [T; LANES] {
    #[cfg(target_arch = "x86_64")]
    if I::AVX512 {
        let lanes = wide::register(lanes);
        // SAFETY: this instruction set has it, and both have 64 bytes.
        return unsafe {
            let swapped = if size_of::<T>() == 4 { wide::swap_words(lanes) } else { wide::swap_pairs(lanes) };
            std::mem::transmute_copy(&swapped)
        };
    }
    let mut swapped = lanes;
    for j in 0..LANES {
        swapped[j] = lanes[j ^ 1];
    }
    swapped
}

/// The lanes, every second of which has the other sign.
#[inline(always)]
pub(super) fn conjugated<I: Isa, T: Real, const LANES: usize>(lanes: [T; LANES]) -> [T; LANES] {
    #[cfg(target_arch = "x86_64")]
    if I::AVX512 {
        let lanes = wide::register(lanes);
        // SAFETY: as above.
        return unsafe {
            let conjugated =
                if size_of::<T>() == 4 { wide::negate_words(lanes) } else { wide::negate_pairs(lanes) };
            std::mem::transmute_copy(&conjugated)
        };
    }
    let mut conjugated = lanes;
    for j in 0..LANES / 2 {
        conjugated[2 * j + 1] = T::ZERO - lanes[2 * j + 1];
    }
    conjugated
}

/// The sum of the lanes: of each 16 bytes first, halves before neighbours, then of every second of what there is.
#[inline(always)]
pub(super) fn sum<T: Real, const LANES: usize>(lanes: [T; LANES]) -> T {
    let near = LANES / 4;
    let mut sums = [T::ZERO; 4];
    for (sum, lanes) in sums.iter_mut().zip(lanes.chunks_exact(near)) {
        *sum = match *lanes {
            [a, b, c, d] => T::plus(T::plus(a, c), T::plus(b, d)),
            [a, b] => T::plus(a, b),
            _ => unreachable!("a register has 64 bytes"),
        };
    }
    T::plus(T::plus(sums[0], sums[2]), T::plus(sums[1], sums[3]))
}

/// The sums of the lanes of four registers, as [`sum`].
#[inline(always)]
pub(super) fn four_sums<I: Isa, T: Real, const LANES: usize>(lanes: [[T; LANES]; 4]) -> [T; 4] {
    #[cfg(target_arch = "x86_64")]
    if I::AVX512 {
        // SAFETY: this instruction set has it, and the sums are the first elements.
        return unsafe {
            let [a, b, c, d] = lanes.map(wide::register);
            let sums = if size_of::<T>() == 4 {
                let x = T::wide_plus(wide::low_words(a, b), wide::high_words(a, b));
                let y = T::wide_plus(wide::low_words(c, d), wide::high_words(c, d));
                let all = T::wide_plus(wide::low_pairs(x, y), wide::high_pairs(x, y));
                let halves = T::wide_plus(all, wide::high_half(all));
                T::wide_plus(halves, wide::second_quarter(halves))
            } else {
                let x = T::wide_plus(wide::low_pairs(a, b), wide::high_pairs(a, b));
                let y = T::wide_plus(wide::low_pairs(c, d), wide::high_pairs(c, d));
                let (x, y) = (T::wide_plus(x, wide::high_half(x)), T::wide_plus(y, wide::high_half(y)));
                T::wide_plus(wide::first_quarters(x, y), wide::second_quarters(x, y))
            };
            std::mem::transmute_copy(&sums)
        };
    }
    let [a, b, c, d] = lanes;
    [sum(a), sum(b), sum(c), sum(d)]
}

/// The instructions.
#[cfg(target_arch = "x86_64")]
pub(super) mod wide {
    use std::arch::x86_64::*;

    /// A register of 64 bytes.
    pub(in crate::linear) type Register = __m512i;

    /// The lanes as a register.
    #[inline(always)]
    pub(super) fn register<T: Copy, const LANES: usize>(lanes: [T; LANES]) -> Register {
        const { assert!(size_of::<[T; LANES]>() == 64) };
        // SAFETY: any 64 bytes are a register.
        unsafe { std::mem::transmute_copy(&lanes) }
    }

    macro_rules! instructions {
        ($($name:ident($($x:ident),*) = $value:expr;)*) => {$(
            #[target_feature(enable = "avx512f,avx512dq")]
            #[inline]
            pub(super) fn $name($($x: Register),*) -> Register {
                $value
            }
        )*};
    }
    instructions! {
        multiply_add_f32(a, b, c) = _mm512_castps_si512(_mm512_fmadd_ps(
            _mm512_castsi512_ps(a), _mm512_castsi512_ps(b), _mm512_castsi512_ps(c)));
        multiply_add_f64(a, b, c) = _mm512_castpd_si512(_mm512_fmadd_pd(
            _mm512_castsi512_pd(a), _mm512_castsi512_pd(b), _mm512_castsi512_pd(c)));
        plus_f32(a, b) = _mm512_castps_si512(_mm512_add_ps(_mm512_castsi512_ps(a), _mm512_castsi512_ps(b)));
        plus_f64(a, b) = _mm512_castpd_si512(_mm512_add_pd(_mm512_castsi512_pd(a), _mm512_castsi512_pd(b)));
        times_i32(a, b) = _mm512_mullo_epi32(a, b);
        times_i64(a, b) = _mm512_mullo_epi64(a, b);
        plus_i32(a, b) = _mm512_add_epi32(a, b);
        plus_i64(a, b) = _mm512_add_epi64(a, b);
        low_words(a, b) = _mm512_unpacklo_epi32(a, b);
        high_words(a, b) = _mm512_unpackhi_epi32(a, b);
        low_pairs(a, b) = _mm512_unpacklo_epi64(a, b);
        high_pairs(a, b) = _mm512_unpackhi_epi64(a, b);
        swap_words(a) = _mm512_shuffle_epi32::<0b10_11_00_01>(a);
        swap_pairs(a) = _mm512_shuffle_epi32::<0b01_00_11_10>(a);
        negate_words(a) = _mm512_xor_si512(a, _mm512_set1_epi64(i64::MIN));
        negate_pairs(a) = _mm512_xor_si512(a, _mm512_broadcast_i64x2(_mm_set_epi64x(i64::MIN, 0)));
        high_half(a) = _mm512_shuffle_i64x2::<0b01_00_11_10>(a, a);
        second_quarter(a) = _mm512_shuffle_i64x2::<0b01_01_01_01>(a, a);
        first_quarters(a, b) = _mm512_permutex2var_epi64(a, _mm512_setr_epi64(0, 1, 8, 9, 0, 1, 8, 9), b);
        second_quarters(a, b) = _mm512_permutex2var_epi64(a, _mm512_setr_epi64(2, 3, 10, 11, 2, 3, 10, 11), b);
    }

    #[target_feature(enable = "avx512f")]
    #[inline]
    pub(super) unsafe fn load(from: *const i32, words: usize) -> Register {
        // SAFETY: by this function's contract.
        unsafe { _mm512_maskz_loadu_epi32(((1u32 << words) - 1) as u16, from) }
    }

    #[target_feature(enable = "avx512f")]
    #[inline]
    pub(super) unsafe fn store(to: *mut i32, words: usize, lanes: Register) {
        // SAFETY: by this function's contract.
        unsafe { _mm512_mask_storeu_epi32(to, ((1u32 << words) - 1) as u16, lanes) }
    }

    /// From word `16 - n` on, a mask of the first n words.
    static MASKS: [i32; 32] = {
        let mut masks = [0; 32];
        let mut i = 0;
        while i < 16 {
            masks[i] = -1;
            i += 1;
        }
        masks
    };

    /// Masks of the first words of two registers of 32 bytes.
    #[target_feature(enable = "avx")]
    #[inline]
    fn masks(words: usize) -> [__m256i; 2] {
        let masks = &MASKS[16 - words..][..16];
        // SAFETY: there are as many.
        unsafe { [_mm256_loadu_si256(masks.as_ptr().cast()), _mm256_loadu_si256(masks[8..].as_ptr().cast())] }
    }

    #[target_feature(enable = "avx")]
    #[inline]
    pub(super) unsafe fn load_halves(from: *const f32, words: usize) -> [__m256; 2] {
        let masks = masks(words);
        // SAFETY: by this function's contract.
        unsafe { [_mm256_maskload_ps(from, masks[0]), _mm256_maskload_ps(from.wrapping_add(8), masks[1])] }
    }

    #[target_feature(enable = "avx")]
    #[inline]
    pub(super) unsafe fn store_halves(to: *mut f32, words: usize, lanes: [__m256; 2]) {
        let masks = masks(words);
        // SAFETY: by this function's contract.
        unsafe {
            _mm256_maskstore_ps(to, masks[0], lanes[0]);
            _mm256_maskstore_ps(to.wrapping_add(8), masks[1], lanes[1]);
        }
    }
}
