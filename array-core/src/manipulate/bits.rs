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

impl BitOrder {
    /// How far the flag at a place of its byte is shifted.
    fn shift(self, place: usize) -> usize {
        match self {
            BitOrder::Big => 7 - place,
            BitOrder::Little => place,
        }
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
    let bytes = lanes.flat_map(|lane| lane.chunks(8)).map(|flags| {
        flags.iter().enumerate().fold(0, |byte, (place, &flag)| byte | u8::from(flag) << order.shift(place))
    });
    let fill = |out: &mut [MaybeUninit<u8>]| {
        out.fill(MaybeUninit::new(0));
        out.iter_mut().zip(bytes).for_each(|(to, byte)| _ = to.write(byte));
    };
    // SAFETY: filled with zeros at least.
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
            for (place, flag) in flags.iter_mut().enumerate() {
                flag.write(byte >> order.shift(place) & 1 != 0);
            }
        }
    };
    // SAFETY: there are eight flags for each byte.
    let unpacked = unsafe { Array::build(&shape, Order::RowMajor, fill) }?;
    moveaxis(&unpacked, -1, axis as isize)
}
