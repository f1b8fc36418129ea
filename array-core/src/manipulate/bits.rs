//! Flags packed into bytes, eight in each, and unpacked again.

use std::mem::MaybeUninit;

use super::transpose::moveaxis;
use crate::axes::{self, IntoAxes};
use crate::layout::Order;
use crate::{Array, Error, Result};

/// In which order the bits of a byte are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BitOrder {
    /// The first is worth 128, the last 1.
    #[default]
    Big,
    /// The first is worth 1, the last 128.
    Little,
}

/// A one in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

impl BitOrder {
    /// Eight flags as the bits of a byte.
    #[inline(always)]
    fn pack(self, flags: [bool; 8]) -> u8 {
        // Moves bit 8i to bit 56 + i; no two products of a bit by a bit meet.
        const GATHER: u64 = 1 << 56 | 1 << 49 | 1 << 42 | 1 << 35 | 1 << 28 | 1 << 21 | 1 << 14 | 1 << 7;
        let byte = (u64::from_le_bytes(flags.map(u8::from)).wrapping_mul(GATHER) >> 56) as u8;
        if self == BitOrder::Big { byte.reverse_bits() } else { byte }
    }

    /// The bits of a byte as eight flags.
    #[inline(always)]
    fn unpack(self, byte: u8) -> [bool; 8] {
        let byte = if self == BitOrder::Big { byte.reverse_bits() } else { byte };
        // Bit i in byte i, then in each byte's highest bit, then in its lowest.
        let bits = (u64::from(byte) * ONES) & 0x8040_2010_0804_0201;
        (((bits + 0x7f * ONES) >> 7) & ONES).to_le_bytes().map(|flag| flag != 0)
    }
}

/// Flags as the bits of bytes: along an axis, which becomes an eighth as long, or of the flattened array. Zeros fill up
/// the last byte. Of numbers, `a.astype::<bool>()` says which are not zero.
///
/// ```
/// # use array_core::{BitOrder, array, packbits};
/// let flags = array![true, false, true, false, false, false, false, false, true];
/// assert_eq!(packbits(&flags, 0, BitOrder::Big)?, array![160u8, 128]);
/// assert_eq!(packbits(&flags, 0, BitOrder::Little)?, array![5u8, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or there is no memory.
pub fn packbits(flags: &Array<bool>, axis: impl IntoAxes, order: BitOrder) -> Result<Array<u8>> {
    let (flags, axis) = axes::one("packbits", flags, axis)?;
    let lanes = moveaxis(&flags, axis as isize, -1)?.try_contiguous()?;
    let length = flags.shape()[axis];
    let mut shape = lanes.shape().to_vec();
    *shape.last_mut().expect("an axis") = length.div_ceil(8);
    let lanes = lanes.as_slice().expect("made contiguous").chunks(length.max(1));
    let fill = |out: &mut [MaybeUninit<u8>]| {
        for (bytes, lane) in out.chunks_mut(length.div_ceil(8).max(1)).zip(lanes) {
            let (whole, rest) = lane.as_chunks::<8>();
            for (byte, &flags) in bytes.iter_mut().zip(whole) {
                byte.write(order.pack(flags));
            }
            if !rest.is_empty() {
                let mut flags = [false; 8];
                flags[..rest.len()].copy_from_slice(rest);
                bytes[whole.len()].write(order.pack(flags));
            }
        }
    };
    // SAFETY: each lane's bytes are written, one for eight flags or for what is left of them.
    let packed = unsafe { Array::build(&shape, Order::RowMajor, fill) }?;
    moveaxis(&packed, -1, axis as isize)
}

/// The bits of bytes as flags: along an axis, which becomes eight times as long, or of the flattened array.
///
/// NumPy gives them as bytes of 0 and 1: that is `.astype::<u8>()` of these. What [`packbits`] filled up is cut off by
/// slicing.
///
/// ```
/// # use array_core::{BitOrder, array, s, unpackbits};
/// let flags = unpackbits(&array![160u8], .., BitOrder::Big)?;
/// assert_eq!(flags.slice(s![..3])?, array![true, false, true]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or there is no memory.
pub fn unpackbits(bytes: &Array<u8>, axis: impl IntoAxes, order: BitOrder) -> Result<Array<bool>> {
    let (bytes, axis) = axes::one("unpackbits", bytes, axis)?;
    let lanes = moveaxis(&bytes, axis as isize, -1)?.try_contiguous()?;
    let mut shape = lanes.shape().to_vec();
    let length = shape.last_mut().expect("an axis");
    *length = length.checked_mul(8).ok_or_else(|| Error::size("the unpacked bits"))?;
    let fill = |out: &mut [MaybeUninit<bool>]| {
        let (flags, _) = out.as_chunks_mut::<8>();
        for (flags, &byte) in flags.iter_mut().zip(lanes.as_slice().expect("made contiguous")) {
            *flags = order.unpack(byte).map(MaybeUninit::new);
        }
    };
    // SAFETY: there are eight flags for each byte.
    let unpacked = unsafe { Array::build(&shape, Order::RowMajor, fill) }?;
    moveaxis(&unpacked, -1, axis as isize)
}
