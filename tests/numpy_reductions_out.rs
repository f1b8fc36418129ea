//! Reductions, running sums and folds into arrays that are there, against the real NumPy: what `out=` leaves, over
//! layouts and axes.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{Array, Element, IndexItem, ToPy, complex64, over, zeros};

use common::{OF_SUMS, Outcome, assert_near, eval, numpy, random};

/// Small numbers.
fn random_array(rng: &mut Rng, shape: &[usize]) -> Array<f64> {
    random::random_array(rng, shape, |rng| rng.i32(-40..40) as f64 / 8.0)
}

/// Whether NumPy's call, with `out` such an array, leaves the same.
fn assert_leaves<O: Element>(ours: &Array<O>, call: &str, names: &[(&str, &Object)]) -> Outcome
where
    Array<O>: ToPy,
{
    let theirs = eval("np.zeros(ours.shape, ours.dtype)", &[("ours", &ours.to_py()?)])?;
    eval(call, &[names, &[("out", &theirs)]].concat())?;
    assert_near(ours, &theirs, OF_SUMS, call)
}

#[test]
fn reductions() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(1);
    for _ in 0..10 {
        let shape = [rng.usize(1..9), rng.usize(1..70)];
        let a = random_array(&mut rng, &shape);
        let lent = a.to_py()?;
        macro_rules! each {
            ($out:ident: $($name:ident $(as $type:ident)?),*) => {$( each! { @ $out, $name, $name $($type)? } )*};
            (@ $out:ident, $name:ident, $same:ident $type:ident) => { each! { @ $out, $name, $type } };
            (@ $out:ident, $name:ident, $type:ident) => {
                for axis in [0isize, 1] {
                    let mut out = random_array(&mut rng, &[shape[1 - axis as usize]]).astype::<$out>();
                    numpypy::$type::out(&a, over(axis), &mut out)?;
                    let call = format!("np.{}(a, axis={axis}, out=out)", stringify!($name));
                    assert_leaves(&out, &call, &[("a", &lent)])?;
                }
                let mut out = zeros::<$out>([1, 1])?;
                numpypy::$type::out(&a, over(..).keepdims(), &mut out)?;
                let call = concat!("np.", stringify!($name), "(a, keepdims=True, out=out)");
                assert_leaves(&out, call, &[("a", &lent)])?;
            };
        }
        each! {
            f64: sum, prod, min, max, mean, var, std as std_, nansum, nanprod, nanmin, nanmax, nanmean, nanvar, nanstd,
            median, nanmedian
        }
        each! { bool: any, all }
        each! { i64: argmin, argmax, nanargmin, nanargmax }
        macro_rules! of_the_shape {
            ($($name:ident)*) => {$(
                let mut out = random_array(&mut rng, &shape);
                numpypy::$name::out(&a, 1, &mut out)?;
                assert_leaves(&out, concat!("np.", stringify!($name), "(a, axis=1, out=out)"), &[("a", &lent)])?;
            )*};
        }
        of_the_shape!(cumsum cumprod nancumsum nancumprod);
        let mut out = random_array(&mut rng, &[2, shape[0]]);
        numpypy::percentile::out(&a, [25.0, 60.0], 1, &mut out)?;
        assert_leaves(&out, "np.percentile(a, [25, 60], axis=1, out=out)", &[("a", &lent)])?;
        let mut out = random_array(&mut rng, &[shape[1]]);
        numpypy::ptp::out(&a, 0, &mut out)?;
        assert_leaves(&out, "np.ptp(a, axis=0, out=out)", &[("a", &lent)])?;
    }
    Ok(())
}

#[test]
fn methods_and_products() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    for _ in 0..10 {
        let shape = [rng.usize(4..9), rng.usize(4..70)];
        let a = random_array(&mut rng, &shape);
        let lent = a.to_py()?;
        macro_rules! each {
            ($($name:ident)*) => {$(
                let mut out = random_array(&mut rng, &shape[1..]);
                numpypy::$name::reduce_out(&a, 0, &mut out)?;
                let call = concat!("np.", stringify!($name), ".reduce(a, axis=0, out=out)");
                assert_leaves(&out, call, &[("a", &lent)])?;
                let mut out = random_array(&mut rng, &shape);
                numpypy::$name::accumulate_out(&a, 1, &mut out)?;
                let call = concat!("np.", stringify!($name), ".accumulate(a, axis=1, out=out)");
                assert_leaves(&out, call, &[("a", &lent)])?;
                let mut out = random_array(&mut rng, &[3, shape[1]]);
                numpypy::$name::reduceat_out(&a, &[0, 3, 1], 0, &mut out)?;
                let call = concat!("np.", stringify!($name), ".reduceat(a, [0, 3, 1], axis=0, out=out)");
                assert_leaves(&out, call, &[("a", &lent)])?;
            )*};
        }
        each!(add maximum subtract);
        let mut out = zeros::<f64>([shape[0]; 2])?;
        numpypy::dot::out(&a, &a.t(), &mut out)?;
        assert_leaves(&out, "np.dot(a, a.T, out=out)", &[("a", &lent)])?;
        let mut out = zeros::<f64>([a.len(), shape[0]])?;
        let first = a.slice([IndexItem::from(..), 0.into()])?;
        numpypy::outer::out(&a, &first, &mut out)?;
        assert_leaves(&out, "np.outer(a, a[:, 0], out=out)", &[("a", &lent)])?;
    }
    Ok(())
}

#[test]
fn both_refuse() -> Outcome {
    numpy();
    let a = zeros::<f64>([2, 3])?;
    let lent = a.to_py()?;
    for shape in [&[2][..], &[3, 1], &[1, 3], &[]] {
        assert!(numpypy::sum::out(&a, 0, &mut zeros::<f64>(shape)?).is_err());
        let call = format!(
            "np.sum(a, axis=0, out=np.zeros({}))",
            if shape.is_empty() { "()".into() } else { format!("{shape:?}") }
        );
        assert!(eval(&call, &[("a", &lent)]).is_err(), "{call}");
    }
    Ok(())
}

/// Into arrays of any dtype, also of lower kinds: both refuse, or both leave the same.
#[test]
fn other_dtypes() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    // Not negative: NumPy's means round to zero twice, first sums, then quotients.
    let a = random_array(&mut rng, &[5, 4]).astype::<i8>();
    let a = numpypy::absolute(a).astype::<f64>() * 0.375;
    macro_rules! of {
        ($a:expr, $($out:ident)*) => {{
            let a = $a;
            let lent = a.to_py()?;
            $( of! { @ a, lent, $out } )*
        }};
        (@ $a:ident, $lent:ident, $out:ident) => {
            of! {
                $a, $lent, $out: sum, prod, min, max, mean, var, std as std_, ptp, any, all, median, nanmean, nanvar, nanstd,
                nansum, nanmax, nanmedian
            }
            let mut out = zeros::<$out>([5])?;
            let ours = numpypy::quantile::out(&$a, 0.25, 1, &mut out);
            assert_agree(ours, &out, "np.quantile(a, 0.25, axis=1, out=out)", &$lent)?;
            let ours = numpypy::nanpercentile::out(&$a, 25.0, 1, &mut out);
            assert_agree(ours, &out, "np.nanpercentile(a, 25, axis=1, out=out)", &$lent)?;
            let ours = numpypy::add::reduce_out(&$a, 1, &mut out);
            assert_agree(ours, &out, "np.add.reduce(a, axis=1, out=out)", &$lent)?;
            let mut rows = zeros::<$out>([3, 4])?;
            let ours = numpypy::maximum::reduceat_out(&$a, &[0, 3, 1], 0, &mut rows);
            assert_agree(ours, &rows, "np.maximum.reduceat(a, [0, 3, 1], axis=0, out=out)", &$lent)?;
            let mut out = zeros::<$out>([5, 4])?;
            let ours = numpypy::cumsum::out(&$a, 1, &mut out);
            assert_agree(ours, &out, "np.cumsum(a, axis=1, out=out)", &$lent)?;
            let ours = numpypy::multiply::accumulate_out(&$a, 0, &mut out);
            assert_agree(ours, &out, "np.multiply.accumulate(a, axis=0, out=out)", &$lent)?;
        };
        ($a:ident, $lent:ident, $out:ident: $($name:ident $(as $type:ident)?),*) => {$(
            of! { @ $a, $lent, $out, $name, $name $($type)? }
        )*};
        (@ $a:ident, $lent:ident, $out:ident, $name:ident, $same:ident $type:ident) => {
            of! { @ $a, $lent, $out, $name, $type }
        };
        (@ $a:ident, $lent:ident, $out:ident, $name:ident, $type:ident) => {
            let mut out = zeros::<$out>([5])?;
            let ours = numpypy::$type::out(&$a, 1, &mut out);
            assert_agree(ours, &out, concat!("np.", stringify!($name), "(a, axis=1, out=out)"), &$lent)?;
        };
    }
    of!(a.clone(), bool i64 f32 complex64);
    of!(a.astype::<i32>(), bool u16 f32);
    Ok(())
}

/// That both refuse, or that NumPy's call leaves the same as ours.
fn assert_agree<O: Element>(ours: numpypy::Result<()>, out: &Array<O>, call: &str, a: &Object) -> Outcome
where
    Array<O>: ToPy,
{
    let names = [("a", a)];
    match ours {
        Ok(()) => assert_leaves(out, call, &names),
        Err(error) => {
            assert!(error.is_dtype(), "{call}: {error}");
            let theirs = eval("np.zeros(ours.shape, ours.dtype)", &[("ours", &out.to_py()?)])?;
            let theirs = eval(call, &[("a", a), ("out", &theirs)]);
            assert!(theirs.is_err(), "{call} into {}: {error}", O::DTYPE);
            Ok(())
        }
    }
}
