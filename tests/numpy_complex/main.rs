//! Functions of complex numbers against the real NumPy: special values in both parts, on both sides of branch
//! cuts, and random numbers of every layout; and the functions of parts, angles, closeness and lines.

#![cfg(feature = "python")]

mod arithmetic;
#[path = "../common/mod.rs"]
mod common;
mod parts;
mod values;

use std::error::Error;

use fastrand::Rng;
use numpypy::foreign::{Object, builtin};
use numpypy::{Array, complex128, from_fn, s};

use common::{Outcome, scope};

const INF: f64 = f64::INFINITY;

/// Where ours and NumPy's differ in kind (`nan`, the sign of an infinity or of a zero) or by more than so many
/// ULP of the number's size. Where one part is `nan`, C99 leaves the other's sign open.
const DIFFERENCES: &str = "
def parts(z):
    return (z.real, z.imag) if z.dtype.kind == 'c' else (z, z)

def differences(ours, theirs, ulps, signs):
    if ours.dtype != theirs.dtype or ours.shape != theirs.shape:
        return [(ours.dtype, ours.shape, theirs.dtype, theirs.shape)]
    (a, b), (c, d) = parts(ours), parts(theirs)
    tiny = float(np.finfo(a.dtype).smallest_subnormal)
    size = np.maximum(np.abs(c), np.abs(d)).astype(float)
    size = np.where(np.isfinite(size), size, 0)
    limit = ulps * (np.finfo(a.dtype).eps * size + tiny)
    open = np.isnan(c) | np.isnan(d)
    wrong = np.zeros(a.shape, bool)
    for x, y in ((a, c), (b, d)):
        number = np.isfinite(x) & np.isfinite(y)
        near = np.abs(np.where(number, x, 0).astype(float) - np.where(number, y, 0)) <= limit
        zeros = (x == 0) & (y == 0)
        same = np.where(zeros & signs & ~open, np.signbit(x) == np.signbit(y), number & near)
        same = np.where(np.isnan(y), np.isnan(x), same)
        wrong |= ~np.where(np.isinf(y), np.isinf(x) & (open | (x == y)), same)
    return list(zip(ours[wrong][:20], theirs[wrong][:20], np.argwhere(wrong)[:20].tolist()))
";

fn differences(ours: &Object, theirs: &Object, ulps: f64, signs: bool) -> Result<String, Box<dyn Error>> {
    let names = scope(&[("ours", ours), ("theirs", theirs)])?;
    builtin("exec")?.call((DIFFERENCES, &names))?;
    let source =
        format!("differences(ours, np.asarray(theirs), {ulps}, {})", if signs { "True" } else { "False" });
    let found = builtin("eval")?.call((source, &names))?;
    Ok(if found.len()? == 0 { String::new() } else { found.repr()? })
}

fn assert_near(ours: &Object, theirs: &Object, ulps: f64, what: &str) -> Outcome {
    let found = differences(ours, theirs, ulps, true)?;
    assert!(found.is_empty(), "{what}: (ours, NumPy's, where)\n{found}");
    Ok(())
}

/// All pairs of these values, and of their negatives, as real and imaginary parts.
fn grid(values: &[f64]) -> Array<complex128> {
    let mut parts = vec![f64::NAN];
    for &value in values {
        parts.extend([value, -value]);
    }
    let n = parts.len();
    from_fn([n, n], |index| complex128::new(parts[index[0]], parts[index[1]])).unwrap()
}

/// An array of numbers in the middle, and sometimes anywhere, with every layout.
fn random_array(rng: &mut Rng) -> Array<complex128> {
    let (rows, columns) = (rng.usize(0..6), rng.usize(0..90));
    let scale = *rng.choice(&[1.0, 20.0]).unwrap();
    let a = from_fn([rows, 2 * columns], |_| {
        let mut part = || (rng.f64() - 0.5) * scale;
        complex128::new(part(), part())
    })
    .unwrap();
    match rng.u8(0..5) {
        0 => a.t(),
        1 => a.slice(s![.., ..;2]).unwrap(),
        2 => a.slice(s![..;-1, ..;-1]).unwrap(),
        3 => a.slice(s![0..1, ..]).unwrap().broadcast_to([3, 2 * columns]).unwrap_or(a),
        _ => a,
    }
}
