//! Integers that loops over doubles or single multiplications do not serve, among others that they do: divisions
//! of 64 bits, exponents of two, exponents that are not looked at.

use array_core::{Array, Result};
use ufuncs::{divmod, floor_divide, fmod, ldexp, power, remainder};

/// Numbers of all sizes, more of them than fit a tile or a block.
fn numbers(count: usize) -> Vec<i64> {
    let mut bits = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = move || {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (bits >> 7) as i64
    };
    let edge = 1i64 << 51;
    let edges = [0, 1, -1, edge, edge - 1, -edge, -edge - 1, i64::MAX, i64::MIN, i64::MIN + 1, 3, -7];
    (0..count)
        .map(|i| {
            let shift = random().unsigned_abs() % 64;
            if i % 5 == 0 {
                edges[random().unsigned_abs() as usize % edges.len()]
            } else {
                random() << 7 >> shift
            }
        })
        .collect()
}

/// Quotient rounded down, remainder, and the remainder with the dividend's sign.
fn divided(a: i128, b: i128) -> [i128; 3] {
    if b == 0 {
        return [0; 3];
    }
    let (quotient, rest) = (a.div_euclid(b), a.rem_euclid(b));
    let below = b < 0 && rest != 0;
    [quotient - below as i128, if below { rest + b } else { rest }, a % b]
}

#[test]
fn division_of_64_bits() -> Result<()> {
    for count in [1, 10, 64, 100, 1000] {
        let (a, b) = (numbers(count), numbers(count + 3)[3..].to_vec());
        let (x, y) = (Array::from_vec(a.clone()), Array::from_vec(b.clone()));
        let expected = |k: usize| -> Vec<i64> {
            a.iter().zip(&b).map(|(&a, &b)| divided(a.into(), b.into())[k] as i64).collect()
        };
        assert_eq!(floor_divide(&x, &y)?.to_vec(), expected(0));
        assert_eq!(remainder(&x, &y)?.to_vec(), expected(1));
        assert_eq!(fmod(&x, &y)?.to_vec(), expected(2));
        let (quotient, rest) = divmod(&x, &y)?;
        assert_eq!((quotient.to_vec(), rest.to_vec()), (expected(0), expected(1)));
        // In the operands' own memory, and where one side is the same for all.
        assert_eq!(remainder(x.copy(), &y)?.to_vec(), expected(1));
        assert_eq!(remainder(&x, y.copy())?.to_vec(), expected(1));
        for one in [0, 1, -1, 7, i64::MIN, 1 << 52] {
            let by: Vec<_> = a.iter().map(|&a| divided(a.into(), one.into())[2] as i64).collect();
            let of: Vec<_> = b.iter().map(|&b| divided(one.into(), b.into())[0] as i64).collect();
            assert_eq!(fmod(&x, one)?.to_vec(), by);
            assert_eq!(fmod(x.copy(), one)?.to_vec(), by);
            assert_eq!(floor_divide(one, &y)?.to_vec(), of);
        }
        let (p, q) = (x.astype::<u64>(), y.astype::<u64>());
        let unsigned: Vec<u64> =
            a.iter().zip(&b).map(|(&a, &b)| (a as u64).checked_rem(b as u64).unwrap_or(0)).collect();
        assert_eq!(remainder(&p, &q)?.to_vec(), unsigned);
        assert_eq!(divmod(&p, &q)?.1.to_vec(), unsigned);
    }
    Ok(())
}

#[test]
fn exponents_beyond_normal_powers() -> Result<()> {
    let values =
        [1.0f32, -1.5, 1.9999999, f32::MIN_POSITIVE, 1e-45, 3.3e-42, f32::MAX, 0.0, -0.0, f32::INFINITY];
    for e in (-330..330).chain([-5000, 5000, i32::MIN, i32::MAX]) {
        let x = Array::from_vec(values.to_vec());
        // No double is less than half the least float, but zero, until the power is far from the floats'.
        let factor = 2f64.powi(e.clamp(-400, 400));
        let expected: Vec<u32> = values.iter().map(|&x| ((f64::from(x) * factor) as f32).to_bits()).collect();
        let bits = |found: Array<f32>| -> Vec<u32> { found.to_vec().into_iter().map(f32::to_bits).collect() };
        assert_eq!(bits(ldexp(&x, &Array::from_vec(vec![e; 10]))?), expected, "{e}");
        assert_eq!(bits(ldexp(&x, &Array::from_vec(vec![i64::from(e); 10]))?), expected, "{e}");
    }
    let x = Array::from([1.0, 1.75, f64::MAX, 5e-324, 5e-324]);
    let found = ldexp(&x, &Array::from([-1074i64, -1073, -2000, 1074, i64::MAX]))?;
    assert_eq!(
        found,
        Array::from([5e-324, 2e-323, f64::MAX * 2f64.powi(-1000) * 2f64.powi(-1000), 1.0, f64::INFINITY])
    );
    Ok(())
}

#[test]
fn exponents_that_a_mask_hides_may_be_negative() -> Result<()> {
    let (a, b) = (Array::from([2, 3, 4]), Array::from([2, -1, 3]));
    let mut out = Array::from([9, 9, 9]);
    power::out_where(&a, &b, &mut out, &Array::from([true, false, true]))?;
    assert_eq!(out, Array::from([4, 9, 64]));
    let error = power::out_where(&a, &b, &mut out, &Array::from([true, true, false])).unwrap_err();
    assert!(error.to_string().contains("[1] is -1"), "{error}");
    // A mask of more axes than the exponents.
    let mut table = Array::from([9, 9, 9, 9, 9, 9]).reshape([2, 3])?;
    let mask = Array::from([true, false, true, false, false, true]).reshape([2, 3])?;
    power::out_where(&a, &b, &mut table, &mask)?;
    assert_eq!(table.to_vec(), [4, 9, 64, 9, 9, 64]);
    power::out_where(&a, -1, &mut out, &Array::from([false]))?;
    assert!(power::out_where(&a, -1, &mut out, &Array::from([true])).is_err());
    Ok(())
}

#[test]
fn powers_with_small_and_large_exponents() -> Result<()> {
    fn product(a: i64, b: i64) -> i64 {
        (0..b).fold(1i64, |product, _| product.wrapping_mul(a))
    }
    for largest in [3, 16, 17, 70] {
        let a = numbers(300);
        let b: Vec<i64> = (0..300).map(|i| i * 7919 % largest).collect();
        let expected: Vec<i64> = a.iter().zip(&b).map(|(&a, &b)| product(a, b)).collect();
        let (x, y) = (Array::from_vec(a.clone()), Array::from_vec(b));
        assert_eq!(power(&x, &y)?.to_vec(), expected);
        // Of fewer bits they are the lowest of these.
        let few: Vec<i16> = expected.iter().map(|&power| power as i16).collect();
        assert_eq!(power(&x.astype::<i16>(), &y.astype::<i16>())?.to_vec(), few);
        let few: Vec<u8> = expected.iter().map(|&power| power as u8).collect();
        assert_eq!(power(&x.astype::<u8>(), &y.astype::<u8>())?.to_vec(), few);
        let constant: Vec<i64> = a.iter().map(|&a| product(a, largest)).collect();
        assert_eq!(power(&x, largest)?.to_vec(), constant);
    }
    // Exponents are looked at however they lie.
    let negative = Array::from_vec((0..200).map(|i| if i == 150 { -1i64 } else { i % 5 }).collect());
    let apart = negative.slice(array_core::s![..;2])?;
    let error = power(&apart, &apart).unwrap_err().to_string();
    assert!(error.contains("at [75] is -1"), "{error}");
    assert!(power(&apart, &negative.slice(array_core::s![1..;2])?).is_ok());
    Ok(())
}
