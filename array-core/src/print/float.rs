//! Floating-point numbers as text: within an array, all to one pattern, and alone.
//!
//! An array's numbers are either all positional or all scientific. Their points stand in one
//! column: what is before the point is padded to the longest, and so is what is after it, with
//! spaces in positional notation (`1.5 `) and zeros in scientific (`1.50e+00`).

use super::digits::{Limit, decimal};
use super::real::Real;
use super::{FloatMode, PrintOptions, PrintSign};

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
    /// Digits of each number.
    limit: Limit,
    /// Digits of each fraction, filled up with zeros; in positional notation they may be fewer.
    fraction: usize,
    /// Digits of the exponent, in scientific notation.
    exponent: Option<usize>,
}

impl Pattern {
    /// The pattern for `values`, whose sign may be other than that of the options.
    pub(super) fn new<F: Real>(
        values: impl Iterator<Item = F> + Clone,
        sign: PrintSign,
        options: &PrintOptions,
    ) -> Self {
        use FloatMode::{Fixed, MaxPrec, MaxPrecEqual, Unique};
        let finite = values.clone().filter(|value| value.is_finite());
        let plus = sign == PrintSign::Always;
        // No number has more digits than this.
        let precision = options.precision.min(2000) as i32;
        let mode = options.float_mode;
        let (mut left, mut fraction, mut exponent) = (0, 0, None);
        let (right, limit) = if needs_exponents(finite.clone(), options.suppress) {
            let limit = match mode {
                Unique => Limit::Unique,
                Fixed => Limit::Value(precision + 1),
                MaxPrec | MaxPrecEqual => Limit::AtMost(precision + 1),
            };
            let mut digits = 2;
            for value in finite.clone() {
                let pieces = scientific(value, plus, limit);
                left = left.max(pieces.whole.len());
                fraction = fraction.max(pieces.fraction.len());
                digits = digits.max(exponent_text(pieces.exponent, 0).len() - 1);
            }
            exponent = Some(digits);
            match mode {
                Fixed => {
                    fraction = precision as usize;
                    (fraction + digits + 2, limit)
                }
                _ => (fraction + digits + 2, Limit::Exactly(fraction as i32 + 1)),
            }
        } else {
            let limit = match mode {
                Unique => Limit::Unique,
                Fixed => Limit::ValueFraction(precision),
                MaxPrec | MaxPrecEqual => Limit::Fraction(precision),
            };
            let mut any = false;
            for value in finite.clone() {
                let pieces = positional(value, plus, limit);
                left = left.max(pieces.whole.len());
                fraction = fraction.max(pieces.fraction.len());
                any = true;
            }
            match mode {
                Unique | MaxPrec => (std::mem::take(&mut fraction), limit),
                MaxPrecEqual => (fraction, Limit::ExactFraction(fraction as i32)),
                Fixed => {
                    fraction = if any { precision as usize } else { 0 };
                    (fraction, limit)
                }
            }
        };
        if sign == PrintSign::Space && !finite.clone().any(|value| value.is_sign_negative()) {
            left += 1;
        }
        for value in values.filter(|value| !value.is_finite()) {
            let signed = sign != PrintSign::Negative || value < F::zero();
            let width = "inf".len() + usize::from(signed);
            left = left.max(width.saturating_sub(right + 1));
        }
        Pattern { plus, left, right, limit, fraction, exponent }
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
            Some(_) => scientific(value, self.plus, self.limit),
            None => positional(value, self.plus, self.limit),
        };
        pad(out, self.left.saturating_sub(pieces.whole.len()), ' ');
        out.push_str(&pieces.whole);
        out.push('.');
        out.push_str(&pieces.fraction);
        let written = pieces.fraction.len().max(self.fraction);
        pad(out, written - pieces.fraction.len(), '0');
        if let Some(digits) = self.exponent {
            out.push('e');
            out.push_str(&exponent_text(pieces.exponent, digits));
        } else {
            pad(out, self.right.saturating_sub(written), ' ');
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
