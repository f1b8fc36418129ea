//! Floating-point numbers as text: within an array, all to one pattern, and alone.
//!
//! An array's numbers are either all positional or all scientific. Their points stand in one
//! column: what is before the point is padded to the longest, and so is what is after it, with
//! spaces in positional notation (`1.5 `) and zeros in scientific (`1.50e+00`).

use super::PrintOptions;
use super::digits::{Limit, decimal};
use super::real::Real;

/// A finite number in text, cut at its point: `whole.fraction`, or `whole.fraction e exponent`.
struct Pieces {
    /// With the sign, if any.
    whole: String,
    fraction: String,
    exponent: i32,
}

/// The sign that goes in front: `-`, or `+` if asked for, or nothing.
fn sign(negative: bool, plus: bool) -> &'static str {
    match (negative, plus) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    }
}

/// A number without exponent; zeros at the end of its fraction are dropped.
fn positional<F: Real>(value: F, plus: bool, limit: Limit) -> Pieces {
    let parts = value.parts();
    let decimal = decimal(parts, limit);
    let mut whole = sign(parts.negative, plus).to_owned();
    let mut fraction = String::new();
    if let Ok(exponent) = usize::try_from(decimal.exponent) {
        let (before, after) = decimal.digits.split_at(decimal.digits.len().min(exponent + 1));
        whole.push_str(before);
        whole.extend(std::iter::repeat_n('0', exponent + 1 - before.len()));
        fraction.push_str(after);
    } else {
        whole.push('0');
        fraction.extend(std::iter::repeat_n('0', (-1 - decimal.exponent) as usize));
        fraction.push_str(&decimal.digits);
    }
    fraction.truncate(fraction.trim_end_matches('0').len());
    Pieces { whole, fraction, exponent: 0 }
}

/// A number with an exponent; zeros at the end of its fraction are dropped.
fn scientific<F: Real>(value: F, plus: bool, limit: Limit) -> Pieces {
    let parts = value.parts();
    let decimal = decimal(parts, limit);
    let (first, rest) = decimal.digits.split_at(1);
    Pieces {
        whole: format!("{}{first}", sign(parts.negative, plus)),
        fraction: rest.trim_end_matches('0').to_owned(),
        exponent: decimal.exponent,
    }
}

/// An exponent with its sign, of at least so many digits: `+05`.
fn exponent_text(exponent: i32, digits: usize) -> String {
    format!("{exponent:+0width$}", width = digits + 1)
}

/// The text of infinities and NaN.
fn not_finite<F: Real>(value: F, plus: bool) -> String {
    if value.is_nan() {
        format!("{}nan", sign(false, plus))
    } else {
        format!("{}inf", sign(value < F::zero(), plus))
    }
}

/// The pattern that all numbers of an array are written to.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Whether positive numbers have a sign.
    plus: bool,
    /// Characters before the point.
    left: usize,
    /// Characters after the point, with the exponent.
    right: usize,
    /// Digits of the fraction: at most so many, or in scientific notation always so many.
    precision: i32,
    /// Digits of the exponent, in scientific notation.
    exponent: Option<usize>,
}

impl Pattern {
    /// The pattern for `values`.
    pub(super) fn new<F: Real>(
        values: impl Iterator<Item = F> + Clone,
        plus: bool,
        options: &PrintOptions,
    ) -> Self {
        let finite = values.clone().filter(|value| value.is_finite());
        // No number has more digits than this.
        let precision = options.precision.min(2000) as i32;
        let mut pattern = Pattern { plus, left: 0, right: 0, precision, exponent: None };
        if needs_exponents(finite.clone(), options.suppress) {
            let (mut fraction, mut exponent) = (0, 2);
            for value in finite {
                let pieces = scientific(value, plus, Limit::AtMost(precision + 1));
                pattern.left = pattern.left.max(pieces.whole.len());
                fraction = fraction.max(pieces.fraction.len());
                exponent = exponent.max(exponent_text(pieces.exponent, 0).len() - 1);
            }
            pattern.precision = fraction as i32;
            pattern.exponent = Some(exponent);
            pattern.right = fraction + exponent + 2;
        } else {
            for value in finite {
                let pieces = positional(value, plus, Limit::Fraction(precision));
                pattern.left = pattern.left.max(pieces.whole.len());
                pattern.right = pattern.right.max(pieces.fraction.len());
            }
        }
        for value in values.filter(|value| !value.is_finite()) {
            let signed = plus || value < F::zero();
            let width = "inf".len() + usize::from(signed);
            pattern.left = pattern.left.max(width.saturating_sub(pattern.right + 1));
        }
        pattern
    }

    /// Appends `value`.
    pub(super) fn write<F: Real>(&self, value: F, out: &mut String) {
        if !value.is_finite() {
            let text = not_finite(value, self.plus);
            pad(out, (self.left + self.right + 1).saturating_sub(text.len()), ' ');
            out.push_str(&text);
            return;
        }
        let pieces = match self.exponent {
            Some(_) => scientific(value, self.plus, Limit::Exactly(self.precision + 1)),
            None => positional(value, self.plus, Limit::Fraction(self.precision)),
        };
        pad(out, self.left.saturating_sub(pieces.whole.len()), ' ');
        out.push_str(&pieces.whole);
        out.push('.');
        out.push_str(&pieces.fraction);
        if let Some(digits) = self.exponent {
            pad(out, self.precision as usize - pieces.fraction.len(), '0');
            out.push('e');
            out.push_str(&exponent_text(pieces.exponent, digits));
        } else {
            pad(out, self.right - pieces.fraction.len(), ' ');
        }
    }
}

fn pad(out: &mut String, count: usize, with: char) {
    out.extend(std::iter::repeat_n(with, count));
}

/// Whether finite numbers are too large, too small or too different to write without exponents.
fn needs_exponents<F: Real>(finite: impl Iterator<Item = F>, suppress: bool) -> bool {
    let mut magnitudes = finite.map(F::abs).filter(|value| !value.is_zero());
    let Some(first) = magnitudes.next() else { return false };
    let (least, most) =
        magnitudes.fold((first, first), |(least, most), value| (least.min(value), most.max(value)));
    let (smallest, ratio) = F::smallest_and_ratio();
    most.widen() >= F::LARGE_IN_ARRAY || !suppress && (least < smallest || most / least > ratio)
}

/// A number alone, in as many digits as it needs. `point_zero` ends whole numbers with `.0`.
pub(super) fn scalar<F: Real>(value: F, plus: bool, point_zero: bool) -> String {
    if !value.is_finite() {
        return not_finite(value, plus);
    }
    let magnitude = value.abs().widen();
    let large_or_small = !(F::SMALL_SCALAR..F::LARGE_SCALAR).contains(&magnitude) && magnitude != 0.0;
    let pieces = if large_or_small {
        scientific(value, plus, Limit::Unique)
    } else {
        positional(value, plus, Limit::Unique)
    };
    let mut text = pieces.whole;
    if !pieces.fraction.is_empty() {
        text.push('.');
        text.push_str(&pieces.fraction);
    }
    if large_or_small {
        text.push('e');
        text.push_str(&exponent_text(pieces.exponent, 2));
    } else if pieces.fraction.is_empty() && point_zero {
        text.push_str(".0");
    }
    text
}
