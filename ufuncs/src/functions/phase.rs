//! Angles, and other numbers that go round, without their jumps.

use array_core::{Array, Casting, Element, Error, Result};

use crate::default_float::ToDefaultFloat;

/// How [`unwrap`](fn@unwrap) finds a jump.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unwrap {
    /// A jump is a difference of this or more; at least half the period.
    pub discont: Option<f64>,
    /// Along which axis; negative ones count from the back.
    pub axis: isize,
    /// What is added or subtracted, once or more often.
    pub period: f64,
}

impl Default for Unwrap {
    /// Along the last axis, a whole turn.
    fn default() -> Self {
        Unwrap { discont: None, axis: -1, period: std::f64::consts::TAU }
    }
}

/// Numbers of which jumps of half a period or more are taken back by adding whole periods: of angles a
/// smooth course. Bools and integers become `f64`; half precision is computed in `f32`, and that in `f64`.
///
/// # Errors
/// When the axis is out of bounds.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::{Unwrap, unwrap};
///
/// let degrees = Array::from([0.0, 120.0, 240.0, 0.0, 120.0]);
/// let course = unwrap(&degrees, Unwrap { period: 360.0, ..Unwrap::default() })?;
/// assert_eq!(course, Array::from([0.0, 120.0, 240.0, 360.0, 480.0]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn unwrap<T>(p: &Array<T>, options: Unwrap) -> Result<Array<T::Default>>
where
    T: ToDefaultFloat<ComputedByDefault: Phase>,
{
    let ndim = p.ndim() as isize;
    if options.axis < -ndim || options.axis >= ndim {
        return Err(Error::index(format!(
            "unwrap along axis {} of an array of {ndim} dimension(s): axes are from {} to {}",
            options.axis,
            -ndim,
            ndim - 1
        )));
    }
    let axis = options.axis.rem_euclid(ndim);
    // The axis last, so that its numbers follow one another.
    let mut order: Vec<isize> = (0..ndim).filter(|&other| other != axis).collect();
    order.push(axis);
    let mut work =
        p.transpose(&order)?.astype_with::<T::ComputedByDefault>(Casting::Unsafe)?.try_contiguous()?;
    let length = work.shape().last().copied().unwrap_or(0);
    if length > 1 {
        for row in work.as_slice_mut().chunks_exact_mut(length) {
            Phase::unwrap(row, options);
        }
    }
    let mut back = vec![0; order.len()];
    for (place, &axis) in order.iter().enumerate() {
        back[axis as usize] = place as isize;
    }
    work.transpose(&back)?.astype_with::<T::Default>(Casting::Unsafe)
}

/// A float whose jumps can be taken back.
pub trait Phase: Element {
    #[doc(hidden)]
    fn unwrap(row: &mut [Self], options: Unwrap);
}

macro_rules! phase {
    ($($type:ident)*) => {$(
        impl Phase for $type {
            fn unwrap(row: &mut [$type], options: Unwrap) {
                let period = options.period as $type;
                let half = (options.period / 2.0) as $type;
                let discont = options.discont.map_or(half, |discont| discont as $type);
                let (mut last, mut correction) = (row[0], 0.0);
                for value in &mut row[1..] {
                    let difference = *value - last;
                    last = *value;
                    let jump = difference.abs() >= discont;
                    if jump || difference.is_nan() {
                        // Between -half and half: half itself if the jump was up.
                        let rest = (difference + half) % period;
                        let rest = if rest != 0.0 && (rest < 0.0) != (period < 0.0) { rest + period } else { rest };
                        let within = rest - half;
                        let within = if within == -half && difference > 0.0 { half } else { within };
                        correction += within - difference;
                    }
                    *value += correction;
                }
            }
        }
    )*};
}
phase! { f32 f64 }
