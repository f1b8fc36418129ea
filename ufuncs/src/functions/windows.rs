//! Windows: weights that fall towards both ends, by which pieces of a signal are multiplied.

use std::f64::consts::PI;

use array_core::{Array, Result, arange, full, zeros};

use crate::functions::{absolute, cos, i0, sqrt};

/// What a closure makes of the places of so many points, from -1 at the first to 1 at the last.
fn window(count: usize, weights: impl FnOnce(Array<f64>) -> Array<f64>) -> Result<Array<f64>> {
    match count {
        0 => zeros(0),
        1 => full(1, 1.0),
        _ => {
            let last = count as f64 - 1.0;
            Ok(weights(arange((-last, last + 1.0, 2.0))? / last))
        }
    }
}

/// A triangle, 0 at both ends.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// assert_eq!(ufuncs::bartlett(5)?.to_vec(), [0.0, 0.5, 1.0, 0.5, 0.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn bartlett(count: usize) -> Result<Array<f64>> {
    window(count, |x| 1.0 - absolute(x))
}

/// A raised cosine, 0 at both ends; also named after von Hann.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// assert_eq!(ufuncs::hanning(3)?.to_vec(), [0.0, 1.0, 0.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn hanning(count: usize) -> Result<Array<f64>> {
    window(count, |x| 0.5 * cos(x * PI) + 0.5)
}

/// A raised cosine, 0.08 at both ends.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// let window = ufuncs::hamming(3)?;
/// assert_eq!(window.get(1)?, 1.0);
/// assert!((window.get(0)? - 0.08).abs() < 1e-15);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn hamming(count: usize) -> Result<Array<f64>> {
    window(count, |x| 0.46 * cos(x * PI) + 0.54)
}

/// The sum of two cosines, nearly 0 at both ends.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// let window = ufuncs::blackman(3)?;
/// assert!((window.get(1)? - 1.0).abs() < 1e-15 && window.get(0)?.abs() < 1e-15);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn blackman(count: usize) -> Result<Array<f64>> {
    window(count, |x| 0.5 * cos(&x * PI) + 0.42 + 0.08 * cos(x * (2.0 * PI)))
}

/// Kaiser's window, of a Bessel function: the larger `beta`, the narrower; with 0 a rectangle.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// assert_eq!(ufuncs::kaiser(3, 0.0)?.to_vec(), [1.0; 3]);
/// assert!(ufuncs::kaiser(3, 14.0)?.get(0)? < 1e-5);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn kaiser(count: usize, beta: f64) -> Result<Array<f64>> {
    let largest = i0(Array::from([beta])).item()?;
    window(count, |x| i0(sqrt(1.0 - &x * &x) * beta) / largest)
}
