//! Conversions of every dtype to every other.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::numbers;

#[test]
fn conversions_of_every_pair() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    for &from in DType::ALL {
        for &to in DType::ALL {
            for step in [1, -1, 2] {
                let a = numbers(&mut rng, from, [7, 40]).slice(s![.., ..;step])?.t();
                let (ours, lent) = (a.cast(to).to_py()?, a.to_py()?);
                let names = [("a", &lent), ("ours", &ours)];
                // What NumPy leaves open: floats that the integer does not hold, among them infinities and nan.
                let source = format!(
                    "(lambda real, b: bool(b.dtype == ours.dtype and b.shape == ours.shape and ( \
                         np.array_equal(b, ours, equal_nan=b.dtype.kind in 'fc') if a.dtype.kind not in 'fc' or \
                         b.dtype.kind not in 'iu' else np.array_equal( \
                             np.where(np.isfinite(real) & (np.trunc(real) >= np.iinfo(b.dtype).min) & \
                             (np.trunc(real) < float(int(np.iinfo(b.dtype).max) + 1)), b, ours), ours))))\
                     (a.real.astype('float64'), a.astype('{to}'))"
                );
                assert!(eval(&source, &names)?.extract::<bool>()?, "{from} to {to}: {}", lent.repr()?);
            }
        }
    }
    Ok(())
}

#[test]
fn values_that_stay_the_same() -> Outcome {
    numpy();
    // NumPy has it since 2.4.
    if eval("np.zeros(1).astype('f4', casting='same_value')", &[]).is_err() {
        return Ok(());
    }
    let integers =
        [0, 1, -1, 127, 128, -128, -129, 255, 256, 2049, -2049, 32768, 65504, 65520, 65535, 65536, 70000];
    let large = [(1 << 24) + 1, i32::MAX.into(), i32::MIN.into(), (1 << 53) + 1, i64::MAX, i64::MIN, 1 << 62];
    let floats = [
        0.5,
        -0.0,
        0.1,
        1e5,
        1e10,
        -1e30,
        2f64.powi(31),
        2f64.powi(63),
        2f64.powi(64),
        -2f64.powi(63),
        1e300,
    ];
    let special = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let whole = AnyArray::from(integers.into_iter().chain(large).collect::<Array<i64>>());
    let real = AnyArray::from(floats.into_iter().chain(special).collect::<Array<f64>>());
    let imaginary = AnyArray::from(Array::from([complex128::new(1.0, 2.0), complex128::new(2.0, f64::NAN)]));
    for &from in DType::ALL {
        let a = AnyArray::concat(&[whole.cast(from), real.cast(from), imaginary.cast(from)], 0)?;
        for &to in DType::ALL {
            let source = format!("a.astype('{to}', casting='same_value')");
            for i in 0..a.len() {
                let element = a.slice(s![i..i + 1])?;
                // NumPy refuses the largest half, and a half of -0 as an integer, though not a float of -0.
                let number = element.astype::<f64>().item()?;
                let is_negative_zero = number == 0.0 && number.is_sign_negative();
                if (to == DType::Float16 && number == 65504.0) || (from == DType::Float16 && is_negative_zero)
                {
                    assert!(element.cast_with(to, Casting::SameValue).is_ok());
                    continue;
                }
                let theirs = eval(&source, &[("a", &element.to_py()?)]).is_ok();
                let ours = element.cast_with(to, Casting::SameValue);
                assert_eq!(ours.is_ok(), theirs, "{element} of {from} to {to}: {ours:?}");
                assert!(ours.is_ok() || ours.unwrap_err().is_value());
            }
        }
    }
    let message = Array::from([1i64, 300]).astype_with::<u8>(Casting::SameValue).unwrap_err().to_string();
    assert!(message.contains("300") && message.contains("element 1"), "{message}");
    Ok(())
}

#[test]
fn floats_that_an_integer_does_not_hold() {
    // As documented; NumPy's differ by machine.
    let a = Array::from([f64::NAN, 300.7, -300.7, f64::INFINITY, f64::NEG_INFINITY, 1e300]);
    assert_eq!(a.astype::<i8>().to_vec(), [0, 127, -128, 127, -128, 127]);
    assert_eq!(a.astype::<u8>().to_vec(), [0, 255, 0, 255, 0, 255]);
    assert_eq!(a.astype::<i64>().to_vec(), [0, 300, -300, i64::MAX, i64::MIN, i64::MAX]);
    let halves = a.astype::<f16>();
    assert_eq!(halves.astype::<u16>().to_vec(), [0, 300, 0, u16::MAX, 0, u16::MAX]);
    assert_eq!(AnyArray::from(a).cast(DType::Complex64).astype::<i32>().to_vec()[..3], [0, 300, -300]);
}
