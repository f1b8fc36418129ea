//! Pairs of `f64`, whose sum stands for a number of twice the digits: their sums, products and roots, and
//! the real functions that complex ones are made of, as pairs.

use array_core::engine::isa::{Baseline, Isa};

use super::arctan::arctan_of_quotient;
use super::digits::Digits;
use super::exact::{fast_two_sum, quotient, sqrt_pair, two_sum};
use super::exp::{reduce as reduce_exp, twice_exp};
use super::hyperbolic::{cosh_pair, parts, sinh_pair};
use super::log::{log1p_pair, times};
use super::payne_hanek;
use super::sin_cos::{HUGE, reduce, sin_cos_pairs};

/// A number as a sum of two, the second below half an ulp of the first or so.
pub(super) type Pair = (f64, f64);

/// The nearest number; of a zero, that zero.
#[inline(always)]
pub(super) fn value((high, low): Pair) -> f64 {
    if high == 0.0 { high } else { high + low }
}

/// The pair with its sign changed if `sign` is negative.
#[inline(always)]
pub(super) fn xor_sign((high, low): Pair, sign: f64) -> Pair {
    let sign = sign.to_bits() & (1 << 63);
    (f64::from_bits(high.to_bits() ^ sign), f64::from_bits(low.to_bits() ^ sign))
}

#[inline(always)]
pub(super) fn select(condition: bool, a: Pair, b: Pair) -> Pair {
    (if condition { a.0 } else { b.0 }, if condition { a.1 } else { b.1 })
}

#[inline(always)]
pub(super) fn abs(a: Pair) -> Pair {
    xor_sign(a, a.0)
}

#[inline(always)]
pub(super) fn negative(a: Pair) -> Pair {
    (-a.0, -a.1)
}

#[inline(always)]
pub(super) fn scaled(a: Pair, power: f64) -> Pair {
    (a.0 * power, a.1 * power)
}

#[inline(always)]
pub(super) fn sum(a: Pair, b: Pair) -> Pair {
    let (high, low) = two_sum(a.0, b.0);
    fast_two_sum(high, low + (a.1 + b.1))
}

#[inline(always)]
pub(super) fn product<I: Isa>(a: Pair, b: Pair) -> Pair {
    times::<I, f64>(a, b)
}

#[inline(always)]
pub(super) fn square<I: Isa>(a: Pair) -> Pair {
    times::<I, f64>(a, a)
}

/// Not negative.
#[inline(always)]
pub(super) fn root<I: Isa>(a: Pair) -> Pair {
    sqrt_pair::<I, f64>(a.0, a.1)
}

/// The sum of five numbers, right also where nearly everything cancels: twice made sums and remainders
/// of (Ogita, Rump and Oishi, "Accurate sum and dot product", 2005).
#[inline(always)]
pub(super) fn sum_of_five(mut terms: [f64; 5]) -> Pair {
    for _ in 0..2 {
        for i in 1..5 {
            (terms[i], terms[i - 1]) = two_sum(terms[i], terms[i - 1]);
        }
    }
    fast_two_sum(terms[4], ((terms[0] + terms[1]) + terms[2]) + terms[3])
}

/// Whether `x` is smaller in size than a limit: a `nan` is not.
#[inline(always)]
pub(super) fn is_below(x: f64, limit: f64) -> bool {
    x.abs() < limit
}

/// Whether `x` is not zero and smaller in size than 10^-140: its square may not exist.
#[inline(always)]
pub(super) fn is_tiny(x: f64) -> bool {
    (x.abs() < 1e-140) & (x != 0.0)
}

/// Whether `x` is larger in size than 10^140, or `nan`.
#[inline(always)]
pub(super) fn is_huge(x: f64) -> bool {
    !is_below(x, 1e140)
}

/// What most functions of two parts cannot square.
#[inline(always)]
pub(super) fn is_extreme(x: f64, y: f64) -> bool {
    is_tiny(x) | is_tiny(y) | is_huge(x) | is_huge(y)
}

/// Whether an angle is too large for [`sin_cos`].
#[inline(always)]
pub(super) fn is_far(angle: f64) -> bool {
    !is_below(angle, HUGE)
}

/// Sine and cosine.
#[inline(always)]
pub(super) fn sin_cos<I: Isa>(angle: f64) -> (Pair, Pair) {
    let (rounded, high, low) = reduce::<I, f64>(angle.abs());
    let (sin, cos) = sin_cos_of_quadrant::<I>(rounded.to_bits(), high, low);
    (xor_sign(sin, angle), cos)
}

/// Sine and cosine of any finite angle.
pub(super) fn far_sin_cos(angle: f64) -> (Pair, Pair) {
    if !is_far(angle) {
        return sin_cos::<Baseline>(angle);
    }
    let (quadrant, high, low) = payne_hanek::reduce(angle.abs());
    let (sin, cos) = sin_cos_of_quadrant::<Baseline>(quadrant, high, low);
    (xor_sign(sin, angle), cos)
}

/// Sine and cosine of quadrant · π/2 + high + low.
#[inline(always)]
pub(super) fn sin_cos_of_quadrant<I: Isa>(quadrant: u64, high: f64, low: f64) -> (Pair, Pair) {
    let (sin, cos) = sin_cos_pairs::<I>(high, low);
    let cos = fast_two_sum(cos.0, cos.1);
    let odd = quadrant & 1 == 1;
    let signed = |pair, negative: u64| xor_sign(pair, f64::from_bits((negative & 2) << 62));
    (signed(select(odd, cos, sin), quadrant), signed(select(odd, sin, cos), quadrant.wrapping_add(1)))
}

/// Sine and cosine of an angle that is a pair, below [`HUGE`].
#[inline(always)]
pub(super) fn sin_cos_of_pair<I: Isa>(angle: Pair) -> (Pair, Pair) {
    let (high, low) = xor_sign(angle, angle.0);
    let (rounded, rest, rest_low) = reduce::<I, f64>(high);
    let (rest, error) = two_sum(rest, low);
    let (sin, cos) = sin_cos_of_quadrant::<I>(rounded.to_bits(), rest, rest_low + error);
    (xor_sign(sin, angle.0), cos)
}

/// Beyond this the hyperbolic functions' products are too large to be exact where nothing fuses.
pub(super) const LARGEST_SINH: f64 = 680.0;

/// Hyperbolic sine and cosine, of |x| below [`LARGEST_SINH`].
#[inline(always)]
pub(super) fn sinh_cosh<I: Isa>(x: f64) -> (Pair, Pair) {
    let parts = parts::<I, f64>(x);
    let (sinh, cosh) = (sinh_pair::<I, f64>(&parts), cosh_pair::<I, f64>(&parts));
    let sinh = select(x.abs() < 5e-17, (x.abs(), 0.0), fast_two_sum(sinh.0, sinh.1));
    (xor_sign(sinh, x), fast_two_sum(cosh.0, cosh.1))
}

/// Hyperbolic sine and cosine of any finite x, divided by 2 to the power of the third.
pub(super) fn far_sinh_cosh(x: f64) -> (Pair, Pair, i64) {
    if x.abs() < LARGEST_SINH {
        let (sinh, cosh) = sinh_cosh::<Baseline>(x);
        return (sinh, cosh, 0);
    }
    let (pair, exponent) = far_exp(x.abs());
    (xor_sign(pair, x), pair, exponent - 1)
}

/// e^x of any finite x, divided by 2 to the power of the second: within 2^±4500.
pub(super) fn far_exp(x: f64) -> (Pair, i64) {
    let (rounded, r, r_error) = reduce_exp::<Baseline, f64>(x.clamp(-3000.0, 3000.0), 0.0);
    let n = (rounded - super::exact::ROUND) as i64;
    (exp_of_rest::<Baseline>(r, r_error), n - 1)
}

/// 2e^r.
#[inline(always)]
pub(super) fn exp_of_rest<I: Isa>(r: f64, r_error: f64) -> Pair {
    let (high, low) = twice_exp::<I>(r, r_error);
    fast_two_sum(high, low)
}

/// a / divisor · 2^exponent, for any finite a and a divisor of middle size: rounded once unless it is
/// subnormal.
pub(super) fn far_quotient(a: f64, divisor: Pair, exponent: i64) -> f64 {
    let (digits, more) = a.frexp();
    value(quotient::<Baseline, f64>((digits, 0.0), divisor)).ldexp(exponent + i64::from(more))
}

/// The product of two pairs times a power of two: for what may be out of range.
pub(super) fn scaled_product(a: Pair, b: Pair, exponent: i64) -> f64 {
    value(product::<Baseline>(a, b)).ldexp(exponent)
}

/// 2^n in two factors, for n within ±2040: what they are multiplied with is rounded once, or over- and
/// underflows as it should. `rounded` is n + [`ROUND`](super::exact::ROUND).
#[inline(always)]
pub(super) fn power_in_two(rounded: f64) -> (f64, f64) {
    use super::exact::ROUND;
    use super::lane::Lane;
    let n = rounded - ROUND;
    let half = 0.5 * n + ROUND;
    let rest = n - (half - ROUND);
    ((half + 1023.0).power_of_two(), (rest + (ROUND + 1023.0)).power_of_two())
}

/// The angle of the point (x, y), for y that is not negative; not both zero.
#[inline(always)]
pub(super) fn arctan2<I: Isa>(y: Pair, x: Pair) -> Pair {
    let backward = x.0.is_sign_negative();
    let x = xor_sign(x, x.0);
    let steep = y.0 > x.0;
    let (small, large) = (select(steep, x, y), select(steep, y, x));
    let middle = small.0 > 0.4142135623730951 * large.0;
    let numerator = select(middle, sum(small, negative(large)), small);
    let denominator = select(middle, sum(small, large), large);
    // From π/2 where y is the larger, then from π where x is negative; each turns the sign.
    let quarters = if middle { 1.0 } else { 0.0 };
    let quarters = if steep { 2.0 - quarters } else { quarters };
    let quarters = if backward { 4.0 - quarters } else { quarters };
    let sign = if steep != backward { -1.0 } else { 1.0 };
    arctan_of_quotient::<I, f64>(xor_sign(numerator, sign), denominator, quarters)
}

/// The inverse hyperbolic sine of a number from 0 to 10^150.
#[inline(always)]
pub(super) fn arcsinh<I: Isa>(w: Pair) -> Pair {
    let (root, root_low) = root::<I>(sum(square::<I>(w), (1.0, 0.0)));
    let (y, y_low) = two_sum(w.0, root - 1.0);
    log1p_pair::<I, f64>(y, y_low + (root_low + w.1))
}

/// Sine and cosine of any finite angle that is a pair.
pub(super) fn far_sin_cos_of_pair(angle: Pair) -> (Pair, Pair) {
    if !is_far(angle.0) {
        return sin_cos_of_pair::<Baseline>(angle);
    }
    let (high, low) = xor_sign(angle, angle.0);
    let (quadrant, rest, rest_low) = payne_hanek::reduce(high);
    // The second part is a rounding error of a number beyond 2^30: it may be many turns.
    let (more, low, low_low) = if low.abs() < HUGE { reduce::<Baseline, f64>(low) } else { (0.0, 0.0, 0.0) };
    let (rest, error) = two_sum(rest, low);
    let (sin, cos) = sin_cos_of_quadrant::<Baseline>(
        quadrant.wrapping_add(more.to_bits()),
        rest,
        rest_low + (low_low + error),
    );
    (xor_sign(sin, angle.0), cos)
}
