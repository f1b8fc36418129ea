//! Integers that are ordered as a dtype's values are: what is sorted in place of them.
//!
//! Signed integers are their own keys, unsigned ones lose half their range. Of a floating-point number the
//! bits are an integer that is ordered as numbers without a sign are; negative ones have all bits but the
//! sign turned. A negative `nan` becomes a positive one, so that all of them come last.

use std::mem::MaybeUninit;

use super::passes::{self, Pass};
use super::radix;
#[cfg(target_arch = "x86_64")]
use super::wide;
#[cfg(target_arch = "x86_64")]
use crate::engine::isa::{self, Level};
use crate::{Buffer, Element, Result, f16, fallible};

/// An integer that is sorted: `i32` or `i64`.
pub(super) trait Key: Element + Ord + Into<i64> {
    /// How many bits it has.
    const BITS: u32 = 8 * size_of::<Self>() as u32;

    /// A register of such keys.
    #[cfg(target_arch = "x86_64")]
    type Vector: wide::Vector<Key = Self>;

    /// The bits from one on, so that unsigned order is that of the keys.
    fn digits(self, from: u32) -> usize;
}

impl Key for i32 {
    #[cfg(target_arch = "x86_64")]
    type Vector = wide::I32x16;

    #[inline(always)]
    fn digits(self, from: u32) -> usize {
        ((self ^ i32::MIN) as u32 >> from) as usize
    }
}

impl Key for i64 {
    #[cfg(target_arch = "x86_64")]
    type Vector = wide::I64x8;

    #[inline(always)]
    fn digits(self, from: u32) -> usize {
        ((self ^ i64::MIN) as u64 >> from) as usize
    }
}

/// A dtype whose values have keys.
pub(super) trait Coded: Element {
    /// Keys of no less size than the values.
    type Key: Key;
    /// Whether bits and keys are the same.
    const PLAIN: bool = false;

    /// The bits of a value.
    fn bits(self) -> Self::Key;

    /// The value that has these bits.
    fn from_bits(bits: Self::Key) -> Self;

    /// The key of the value with these bits; of different values different ones, but for the sign of a `nan`.
    fn encode(bits: Self::Key) -> Self::Key;

    /// The bits of the value with this key.
    fn decode(key: Self::Key) -> Self::Key;

    /// What equal values have in common, in the order of the values. All `nan` are equal, and zeros.
    #[inline(always)]
    fn rank(self) -> i64 {
        Self::encode(self.bits()).into()
    }
}

macro_rules! plain {
    ($($type:ty: $key:ty),*) => {$(
        impl Coded for $type {
            type Key = $key;
            const PLAIN: bool = true;
            #[inline(always)]
            fn bits(self) -> $key {
                self.into()
            }
            #[inline(always)]
            fn from_bits(bits: $key) -> Self {
                bits as $type
            }
            #[inline(always)]
            fn encode(bits: $key) -> $key {
                bits
            }
            #[inline(always)]
            fn decode(key: $key) -> $key {
                key
            }
        }
    )*};
}
plain! { i8: i32, i16: i32, i32: i32, i64: i64, u8: i32, u16: i32 }

impl Coded for bool {
    type Key = i32;
    const PLAIN: bool = true;
    #[inline(always)]
    fn bits(self) -> i32 {
        self.into()
    }
    #[inline(always)]
    fn from_bits(bits: i32) -> Self {
        bits != 0
    }
    #[inline(always)]
    fn encode(bits: i32) -> i32 {
        bits
    }
    #[inline(always)]
    fn decode(key: i32) -> i32 {
        key
    }
}

macro_rules! unsigned {
    ($($type:ty: $key:ty),*) => {$(
        impl Coded for $type {
            type Key = $key;
            #[inline(always)]
            fn bits(self) -> $key {
                self as $key
            }
            #[inline(always)]
            fn from_bits(bits: $key) -> Self {
                bits as $type
            }
            #[inline(always)]
            fn encode(bits: $key) -> $key {
                bits ^ <$key>::MIN
            }
            #[inline(always)]
            fn decode(key: $key) -> $key {
                key ^ <$key>::MIN
            }
        }
    )*};
}
unsigned! { u32: i32, u64: i64 }

macro_rules! floats {
    ($($type:ident($bits:ident, $signed:ident): $key:ident),*) => {$(
        impl Coded for $type {
            type Key = $key;
            #[inline(always)]
            fn bits(self) -> $key {
                self.to_bits() as $signed as $key
            }
            #[inline(always)]
            fn from_bits(bits: $key) -> Self {
                $type::from_bits(bits as $bits)
            }
            #[inline(always)]
            fn encode(bits: $key) -> $key {
                const WITHOUT_SIGN: $key = $signed::MAX as $key;
                let size = bits & WITHOUT_SIGN;
                let is_nan = size > $type::INFINITY.to_bits() as $key;
                if is_nan { size } else { Self::decode(bits) }
            }
            #[inline(always)]
            fn decode(key: $key) -> $key {
                const WITHOUT_SIGN: $key = $signed::MAX as $key;
                key ^ (key >> ($key::BITS - 1) & WITHOUT_SIGN)
            }
            #[inline(always)]
            fn rank(self) -> i64 {
                let key = Self::encode(self.bits());
                let is_nan = key > $type::INFINITY.to_bits() as $key;
                // The key of -0.0 is -1.
                i64::from(if is_nan { $key::MAX } else if key == -1 { 0 } else { key })
            }
        }
    )*};
}
floats! { f16(u16, i16): i32, f32(u32, i32): i32, f64(u64, i64): i64 }

/// Sorts keys that differ in their lowest `bits` bits and the sign only. If a stable order by what is above
/// the `lowest` bits is wanted, those must be ascending already.
pub(super) fn sort<K: Key>(keys: &mut [K], lowest: u32, bits: u32) {
    let length = keys.len();
    #[cfg(target_arch = "x86_64")]
    if isa::level() == Level::Avx512 {
        let scratch = if wide::needs_no_scratch::<K::Vector>(length) { 0 } else { length };
        let done = with_scratch(scratch, |scratch| {
            // SAFETY: the processor has AVX-512; the scratch is as long as is asked for.
            unsafe { wide::sort::<K::Vector>(keys, scratch) }
        });
        if done.is_err() {
            keys.sort_unstable();
        }
        return;
    }
    if length < radix::WORTH_COUNTING
        || with_scratch(length, |scratch| radix::sort(keys, scratch, lowest, bits)).is_err()
    {
        keys.sort_unstable();
    }
}

/// Puts the key at a position right: none before it is greater, none after it less.
pub(super) fn select<K: Key>(keys: &mut [K], position: usize) {
    #[cfg(target_arch = "x86_64")]
    if isa::level() == Level::Avx512 {
        let done = with_scratch(keys.len(), |scratch| {
            // SAFETY: the processor has AVX-512; the scratch is as long as the keys.
            unsafe { wide::select::<K::Vector>(keys, scratch, position) }
        });
        if done.is_ok() {
            return;
        }
    }
    keys.select_nth_unstable(position);
}

/// Writes the values, those at some positions, which ascend, where sorting would put them.
///
/// # Errors
/// When there is no memory for keys.
pub(super) fn partition<T: Coded>(from: &[T], to: &mut [MaybeUninit<T>], kth: &[usize]) -> Result<()> {
    #[cfg(target_arch = "x86_64")]
    if let &[position] = kth
        && size_of::<T>() == size_of::<T::Key>()
        && from.len() >= wide::MANY
        && isa::level() == Level::Avx512
        && select_from(from, to, position).is_ok()
    {
        return Ok(());
    }
    with_keys(super::lanes::copied(from, to), |keys| super::partition::select(keys, kth, select))
}

/// Writes the values, the one at a position where sorting would put it, from where they are in the first pass: values of the
/// keys' size, at least [`wide::MANY`], where there is AVX-512.
///
/// # Errors
/// When there is no memory for a scratch.
#[cfg(target_arch = "x86_64")]
fn select_from<T: Coded>(from: &[T], to: &mut [MaybeUninit<T>], position: usize) -> Result<()> {
    let length = from.len();
    assert!(to.len() == length && position < length && size_of::<T>() == size_of::<T::Key>());
    let keys: *mut T::Key = to.as_mut_ptr().cast();
    let divide = |from: *const T::Key| {
        // SAFETY: the caller has seen to AVX-512; keys are plain data of their values' size and alignment; what is
        // read is not what is written.
        unsafe { wide::divide_from::<<T::Key as Key>::Vector>(from, keys, length, position) }
    };
    let mut part = 0..0;
    if T::PLAIN {
        part = divide(from.as_ptr().cast());
    } else {
        with_scratch::<T::Key>(length, |scratch| {
            passes::run(Encode { from, to: scratch });
            part = divide(scratch.as_ptr().cast());
        })?;
    }
    // SAFETY: all were written, from values.
    let keys = unsafe { std::slice::from_raw_parts_mut(keys, length) };
    select(&mut keys[part.clone()], position - part.start);
    if !T::PLAIN {
        passes::run(Each(keys, T::decode));
    }
    Ok(())
}

/// Writes the keys of values.
#[cfg(target_arch = "x86_64")]
struct Encode<'a, T: Coded> {
    from: &'a [T],
    to: &'a mut [MaybeUninit<T::Key>],
}

#[cfg(target_arch = "x86_64")]
impl<T: Coded> Pass for Encode<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        for (to, from) in self.to.iter_mut().zip(self.from) {
            to.write(T::encode(from.bits()));
        }
    }
}

/// Calls a closure with room for so many keys: on the stack if they are few, else memory that was an earlier
/// array's and will be a later one's.
fn with_scratch<K: Key>(length: usize, body: impl FnOnce(&mut [MaybeUninit<K>])) -> Result<()> {
    const FEW: usize = 1024;
    if length <= FEW {
        body(&mut [const { MaybeUninit::uninit() }; FEW][..length]);
        return Ok(());
    }
    let mut buffer = Buffer::uninit(length * size_of::<K>())?;
    let pointer = buffer.pointer_mut().expect("a fresh buffer is unique").cast();
    // SAFETY: a block of that many keys, well aligned, which is nobody else's.
    body(unsafe { std::slice::from_raw_parts_mut(pointer, length) });
    Ok(())
}

/// Sorts values.
///
/// # Errors
/// As [`with_keys`].
pub(super) fn sort_values<T: Coded>(values: &mut [T]) -> Result<()> {
    with_keys(values, |keys| sort(keys, 0, T::Key::BITS))
}

/// Calls a closure with the keys of values, which are then made of what it leaves.
///
/// # Errors
/// When there is no memory for keys that are larger than values.
pub(super) fn with_keys<T: Coded>(values: &mut [T], body: impl FnOnce(&mut [T::Key])) -> Result<()> {
    if size_of::<T>() != size_of::<T::Key>() {
        let mut keys = fallible::collected(values.iter().map(|value| T::encode(value.bits())))?;
        body(&mut keys);
        values.iter_mut().zip(keys).for_each(|(value, key)| *value = T::from_bits(T::decode(key)));
        return Ok(());
    }
    // SAFETY: values and keys of one size are plain data of one alignment, and all bits are valid for both.
    let keys = unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast::<T::Key>(), values.len()) };
    if !T::PLAIN {
        passes::run(Each(keys, T::encode));
    }
    body(keys);
    if !T::PLAIN {
        passes::run(Each(keys, T::decode));
    }
    Ok(())
}

/// Changes each key.
struct Each<'a, K, F>(&'a mut [K], F);

impl<K: Key, F: Fn(K) -> K> Pass for Each<'_, K, F> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        self.0.iter_mut().for_each(|key| *key = (self.1)(*key));
    }
}
