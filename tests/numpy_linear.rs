//! Matrix products against the real NumPy: dtype, shape and values, over dtypes, shapes, strides and
//! batches, and that they have the same bits on any number of threads.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::{
    Array, Element, Factor, Promote, ToPy, complex64, complex128, dot, f16, inner, matmul, matvec, outer,
    tensordot, vecdot, vecmat, zeros,
};

use common::random::random_array;
use common::{OF_SUMS, Outcome, numpy};

/// Whether NumPy gives `ours` for this expression of `np`, `a` and `b`: its dtype, its shape, and its
/// values but for the rounding of sums.
fn assert_is<A: Element, B: Element, O: Element>(
    ours: &Array<O>,
    source: &str,
    a: &Array<A>,
    b: &Array<B>,
) -> Outcome {
    common::assert_is(ours, source, &[("a", &a.to_py()?), ("b", &b.to_py()?)], OF_SUMS)
}

/// Small whole numbers, so that products are exact, in an array of any strides.
trait Random: Element {
    fn random(rng: &mut Rng) -> Self;

    fn array(rng: &mut Rng, shape: &[usize]) -> Array<Self> {
        random_array(rng, shape, Self::random)
    }
}

macro_rules! random {
    ($($type:ident: |$rng:ident| $value:expr;)*) => {$(
        impl Random for $type {
            fn random($rng: &mut Rng) -> Self { $value }
        }
    )*};
}
random! {
    bool: |rng| rng.u8(..) < 60;
    i8: |rng| rng.i8(..); i16: |rng| rng.i16(..); i32: |rng| rng.i32(..); i64: |rng| rng.i64(..);
    u8: |rng| rng.u8(..); u16: |rng| rng.u16(..); u32: |rng| rng.u32(..); u64: |rng| rng.u64(..);
    f16: |rng| f16::from_f32(rng.i32(-2..3) as f32);
    f32: |rng| rng.i32(-30..30) as f32 / 4.0;
    f64: |rng| rng.i32(-30..30) as f64 / 4.0;
    complex64: |rng| complex64::new(rng.i32(-9..9) as f32, rng.i32(-9..9) as f32);
    complex128: |rng| complex128::new(rng.i32(-9..9) as f64, rng.i32(-9..9) as f64);
}

fn length(rng: &mut Rng) -> usize {
    *rng.choice(&[0, 1, 1, 2, 3, 4, 7, 16, 33, 70]).unwrap()
}

/// Two batches that broadcast together.
fn batches(rng: &mut Rng) -> (Vec<usize>, Vec<usize>) {
    let full: Vec<usize> = (0..rng.usize(0..3)).map(|_| rng.usize(0..4)).collect();
    let part = |rng: &mut Rng| {
        let skipped = rng.usize(0..=full.len());
        full[skipped..].iter().map(|&n| if rng.bool() { n } else { 1 }).collect()
    };
    (part(rng), part(rng))
}

fn products<A, B>(rng: &mut Rng, rounds: usize) -> Outcome
where
    A: Random + Promote<B, Output: Factor>,
    B: Random,
    Array<A>: ToPy,
    Array<B>: ToPy,
    Array<A::Output>: ToPy,
{
    for _ in 0..rounds {
        let (m, k, n) = (length(rng), length(rng), length(rng));
        let (batch_a, batch_b) = batches(rng);
        let (a, b) = (
            A::array(rng, &[&batch_a[..], &[m, k]].concat()),
            B::array(rng, &[&batch_b[..], &[k, n]].concat()),
        );
        let (x, y) = (A::array(rng, &[k]), B::array(rng, &[k]));
        assert_is(&matmul(&a, &b)?, "np.matmul(a, b)", &a, &b)?;
        assert_is(&matmul(&a, &y)?, "np.matmul(a, b)", &a, &y)?;
        assert_is(&matmul(&x, &b)?, "np.matmul(a, b)", &x, &b)?;
        assert_is(&matmul(&x, &y)?, "np.matmul(a, b)", &x, &y)?;
        let (x, y) =
            (A::array(rng, &[&batch_a[..], &[k]].concat()), B::array(rng, &[&batch_b[..], &[k]].concat()));
        assert_is(&matvec(&a, &y)?, "np.matvec(a, b)", &a, &y)?;
        assert_is(&vecmat(&x, &b)?, "np.vecmat(a, b)", &x, &b)?;
        assert_is(&vecdot(&x, &y)?, "np.vecdot(a, b)", &x, &y)?;
        let result = matmul(&a, &b)?;
        // Into memory of the result's dtype and of a wider one, of any strides.
        let mut out = <A::Output as OutOf>::fresh(rng, result.shape());
        matmul::out(&a, &b, &mut out)?;
        assert_eq!(out, result);
        let mut wide = zeros::<complex128>(result.shape())?;
        let kept = wide.clone();
        matmul::out(&a, &b, &mut wide)?;
        assert_eq!(wide, result.astype::<complex128>());
        assert_eq!(kept, zeros::<complex128>(result.shape())?);
    }
    Ok(())
}

/// An array to write to, of strides that a transposed one has.
trait OutOf: Element {
    fn fresh(rng: &mut Rng, shape: &[usize]) -> Array<Self> {
        let mut reversed = shape.to_vec();
        reversed.reverse();
        if rng.bool() { zeros::<Self>(shape).unwrap() } else { zeros::<Self>(&reversed).unwrap().t() }
    }
}
impl<T: Element> OutOf for T {}

#[test]
fn of_all_dtypes() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(1);
    macro_rules! each {
        ($($type:ident)*) => { $(products::<$type, $type>(&mut rng, 12)?;)* };
    }
    each! { bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
    Ok(())
}

#[test]
fn of_mixed_dtypes() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    products::<bool, i8>(&mut rng, 5)?;
    products::<u8, i8>(&mut rng, 5)?;
    products::<bool, f16>(&mut rng, 5)?;
    products::<f32, complex128>(&mut rng, 5)?;
    products::<f64, f32>(&mut rng, 5)?;
    Ok(())
}

/// Of two dtypes: the functions whose results have the axes of both operands.
macro_rules! other_forms {
    ($rng:ident: $($a:ident, $b:ident;)*) => {$(
        let rng = &mut $rng;
        for _ in 0..25 {
            let shape = |rng: &mut Rng| (0..rng.usize(0..4)).map(|_| rng.usize(0..6)).collect::<Vec<usize>>();
            let k = rng.usize(0..9);
            let (mut shape_a, mut shape_b) = (shape(rng), shape(rng));
            if let Some(last) = shape_a.last_mut() {
                *last = k;
            }
            let mut turned = shape_b.clone();
            if let Some(last) = shape_b.last_mut() {
                *last = k;
            }
            let before_last = turned.len().saturating_sub(2);
            if let Some(axis) = turned.get_mut(before_last) {
                *axis = k;
            }
            let (a, b, turned) = (<$a>::array(rng, &shape_a), <$b>::array(rng, &shape_b), <$b>::array(rng, &turned));
            assert_is(&inner(&a, &b)?, "np.inner(a, b)", &a, &b)?;
            assert_is(&dot(&a, &turned)?, "np.dot(a, b)", &a, &turned)?;
            assert_is(&outer(&a, &b)?, "np.outer(a, b)", &a, &b)?;
            assert_is(&tensordot(&a, &b, 0)?, "np.tensordot(a, b, 0)", &a, &b)?;
            let (a, b) = (<$a>::array(rng, &[2, k, 3, 4]), <$b>::array(rng, &[3, 5, k]));
            let source = "np.tensordot(a, b, ([-2, 1], [0, -1]))";
            assert_is(&tensordot(&a, &b, ([-2, 1], [0, -1]))?, source, &a, &b)?;
            let b = <$b>::array(rng, &[3, 4, 2]);
            assert_is(&tensordot(&a, &b, 2)?, "np.tensordot(a, b, 2)", &a, &b)?;
        }
    )*};
}

#[test]
fn other_forms() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    other_forms! { rng: bool, bool; i64, i64; f64, f64; u8, complex64; }
    Ok(())
}

#[test]
fn large_matrices() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(4);
    for shape in
        [[300, 517, 290], [1, 3000, 700], [700, 3000, 1], [1, 200_000, 1], [5, 1000, 800], [4033, 30, 9]]
    {
        macro_rules! each {
            ($($type:ident)*) => {$(
                let a = <$type>::array(&mut rng, &[shape[0], shape[1]]);
                let b = <$type>::array(&mut rng, &[shape[1], shape[2]]);
                assert_is(&matmul(&a, &b)?, "np.matmul(a, b)", &a, &b)?;
            )*};
        }
        each! { f32 f64 complex64 complex128 i64 u8 }
    }
    let a = f64::array(&mut rng, &[300, 200]);
    assert_is(&matmul(&a, &a.t())?, "np.matmul(a, a.T)", &a, &a)?;
    Ok(())
}

#[test]
fn errors_name_both_shapes() {
    numpy();
    let a = zeros::<f64>([2, 3]).unwrap();
    let text = matmul(&a, &a).unwrap_err().to_string();
    assert!(text.contains("(2, 3) and (2, 3) not aligned: 3 (dim 1) != 2 (dim 0)"), "{text}");
    assert!(matmul(&a, &numpypy::scalar(2.0)).unwrap_err().is_shape());
    let batches = (zeros::<f64>([2, 2, 3]).unwrap(), zeros::<f64>([3, 3, 2]).unwrap());
    assert!(matmul(&batches.0, &batches.1).unwrap_err().is_shape());
    let text = matmul::out(&a, &a.t(), &mut zeros::<f64>([2, 3]).unwrap()).unwrap_err().to_string();
    assert!(text.contains("(2, 2)") && text.contains("(2, 3)"), "{text}");
    assert!(matmul::out(&a, &a.t(), &mut zeros::<i64>([2, 2]).unwrap()).unwrap_err().is_dtype());
    assert!(tensordot(&a, &a, 3).is_err());
    assert!(tensordot(&a, &a, ([0], [5])).unwrap_err().is_index());
    assert!(tensordot(&a, &a, ([0, 0], [0, 1])).unwrap_err().is_value());
}
