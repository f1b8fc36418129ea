//! Whether two numbers are as good as equal.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::{Binary, Several};
use array_core::{complex64, complex128, f16};

use super::Hypot;
use super::half::{narrow, widen};

/// Whether a and b are no farther apart than the sum of an absolute and a relative tolerance, or equal: of
/// (a, b, (relative, absolute)). With `NAN`, a `nan` is close to another.
#[derive(Debug)]
pub struct IsClose<const NAN: bool>;

macro_rules! close {
    ($($type:ident, |$a:ident, $b:ident, $relative:ident, $absolute:ident| $within:expr, $finite:expr, $nan:expr;)*) => {$(
        impl<const NAN: bool> Several<($type, $type, complex128)> for IsClose<NAN> {
            type Output = (bool,);
            const COST: f32 = 0.5;

            #[inline(always)]
            fn call<I: Isa>(($a, $b, tolerance): ($type, $type, complex128)) -> (bool,) {
                let ($relative, $absolute) = (tolerance.re, tolerance.im);
                let both_nan = { let is_nan = |$a: $type| $nan; NAN & is_nan($a) & is_nan($b) };
                (($within & $finite) | ($a == $b) | both_nan,)
            }
        }
    )*};
}
close! {
    // Each step is rounded to half precision, as NumPy does it.
    f16, |a, b, relative, absolute| {
        let half = |x: f32| widen(narrow(x));
        let (relative, absolute) = (half(relative as f32), half(absolute as f32));
        let (x, y) = (widen(a), widen(b));
        half(x - y).abs() <= half(absolute + half(relative * y.abs()))
    }, b.is_finite(), a.is_nan();
    f32, |a, b, relative, absolute| (a - b).abs() <= absolute as f32 + relative as f32 * b.abs(),
        b.is_finite(), a.is_nan();
    f64, |a, b, relative, absolute| (a - b).abs() <= absolute + relative * b.abs(), b.is_finite(), a.is_nan();
    complex64, |a, b, relative, absolute| {
        let size = |x: f32, y: f32| <Hypot as Binary<f32>>::call::<I>(x, y);
        size(a.re - b.re, a.im - b.im) <= absolute as f32 + relative as f32 * size(b.re, b.im)
    }, b.re.is_finite() & b.im.is_finite(), a.re.is_nan() | a.im.is_nan();
    complex128, |a, b, relative, absolute| {
        size(a.re - b.re, a.im - b.im) <= absolute + relative * size(b.re, b.im)
    }, b.re.is_finite() & b.im.is_finite(), a.re.is_nan() | a.im.is_nan();
}

/// The hypotenuse, to 2 ULP, without over- or underflow.
#[inline(always)]
fn size(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    let (small, large) = if x < y { (x, y) } else { (y, x) };
    let ratio = small / large;
    let size = large * (1.0 + ratio * ratio).sqrt();
    let size = if large == 0.0 { small } else { size };
    if (x == f64::INFINITY) | (y == f64::INFINITY) { f64::INFINITY } else { size }
}
