//! Arrays whose dtype is known at run time only: moved, assigned to, stored, sorted.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::{is_same, numbers};

#[test]
fn arrays_of_any_dtype() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    for &dtype in DType::ALL {
        let a = numbers(&mut rng, dtype, [6, 8]).slice(s![..;-1, ..;2])?;
        let lent = a.to_py()?;
        let positions =
            AnyArray::from(Array::from([2, -1, 0, 2])).cast(*rng.choice(&DType::ALL[1..5]).unwrap());
        let mask = AnyArray::from(from_fn([6], |_| rng.bool())?);
        let check = |ours: Result<AnyArray>, source: &str| -> Outcome {
            let names = [("a", &lent), ("i", &positions.to_py()?), ("m", &mask.to_py()?)];
            let (ours, theirs) = (ours?.to_py()?, eval(&format!("np.asarray({source})"), &names)?);
            assert!(
                is_same(&ours, &theirs)?,
                "{source}\n{}\n{}\nof {}",
                ours.repr()?,
                theirs.repr()?,
                lent.repr()?
            );
            Ok(())
        };
        check(Ok(a.clone()), "a")?;
        check(a.slice(s![1..;2, -1]), "a[1::2, -1]")?;
        check(a.slice(s![&positions]), "a[i]")?;
        check(a.slice(s![&mask, 1..]), "a[m, 1:]")?;
        check(a.slice(s![positions.reshape([2, 2])?, newaxis, 0]), "a[i.reshape(2, 2), None, 0]")?;
        check(a.take([3, 0], 1), "np.take(a, [3, 0], 1)")?;
        check(a.reshape([3, -1]), "a.reshape(3, -1)")?;
        check(Ok(a.t()), "a.T")?;
        check(a.transpose(&[1, 0]), "a.transpose(1, 0)")?;
        check(a.reshape([2, 3, 4])?.swapaxes(0, -1), "a.reshape(2, 3, 4).swapaxes(0, -1)")?;
        check(a.reshape([2, 3, 4])?.moveaxis(0, -1), "np.moveaxis(a.reshape(2, 3, 4), 0, -1)")?;
        check(a.expand_dims([0, -1]), "np.expand_dims(a, (0, -1))")?;
        check(a.expand_dims(1)?.squeeze(..), "a")?;
        check(a.flip(..), "np.flip(a)")?;
        check(a.flip(1), "np.flip(a, 1)")?;
        check(a.roll([1, -2], [0, 1]), "np.roll(a, (1, -2), (0, 1))")?;
        check(a.roll(3, ..), "np.roll(a, 3)")?;
        check(a.repeat(2, 0), "np.repeat(a, 2, 0)")?;
        check(a.repeat([1, 0, 2, 1], 1), "np.repeat(a, [1, 0, 2, 1], 1)")?;
        check(a.tile([2, 1]), "np.tile(a, (2, 1))")?;
        check(a.broadcast_to([2, 6, 4]), "np.broadcast_to(a, (2, 6, 4))")?;
        check(Ok(a.split(3, 0)?.remove(1)), "np.split(a, 3, 0)[1]")?;
        check(Ok(a.split([1, -1], 1)?.remove(2)), "np.split(a, [1, -1], 1)[2]")?;
        check(Ok(a.ravel()), "a.ravel()")?;
        check(Ok(a.flatten()), "a.flatten()")?;
        check(Ok(a.copy()), "a.copy()")?;
        check(Ok(a.nonzero().remove(1).into()), "np.nonzero(a)[1]")?;
        check(AnyArray::zeros([2, 0], dtype), &format!("np.zeros((2, 0), '{dtype}')"))?;
        // A view is one here as well.
        assert_eq!(a.slice(s![..])?.address(), a.address());
        assert_eq!(a.t().address(), a.address());

        for &other in DType::ALL {
            let b = numbers(&mut rng, other, [6, 4]);
            let names = [("a", &lent), ("b", &b.to_py()?)];
            let joined = [
                (AnyArray::concat(&[&a, &b], 1)?, "np.concatenate([a, b], 1)"),
                (AnyArray::concat(&[&a, &b], ..)?, "np.concatenate([a, b], None)"),
                (AnyArray::stack(&[&a, &b, &a], -1)?, "np.stack([a, b, a], -1)"),
                (AnyArray::vstack(&[&a, &b.slice(s![0])?])?, "np.vstack([a, b[0]])"),
                (AnyArray::hstack(&[&a, &b])?, "np.hstack([a, b])"),
            ];
            for (ours, source) in joined {
                let (ours, theirs) = (ours.to_py()?, eval(source, &names)?);
                assert!(is_same(&ours, &theirs)?, "{source}\n{}\n{}", ours.repr()?, theirs.repr()?);
            }
        }
    }
    Ok(())
}

#[test]
fn parts_assigned() -> Outcome {
    numpy();
    for &dtype in DType::ALL {
        let before = AnyArray::from(arange(24i64)?.reshape([4, 6])?).cast(dtype);
        let values = AnyArray::from(Array::from([1u8, 0, 2])).cast(*DType::ALL.last().unwrap());
        let check = |ours: &AnyArray, source: &str| -> Outcome {
            let names = [("a", &before.to_py()?), ("v", &values.to_py()?)];
            let theirs = eval(&format!("(lambda a: (a.__setitem__({source}), a)[1])(a.copy())"), &names)?;
            assert!(is_same(&ours.to_py()?, &theirs)?, "{source}: {ours:?}\n{}", theirs.repr()?);
            Ok(())
        };
        let mut a = before.copy();
        let address = a.address();
        a.assign(s![1..;2, ..3], &values)?;
        assert_eq!(a.address(), address, "in place, as nobody else holds it");
        check(&a, "(slice(1, None, 2), slice(3)), v")?;
        let shared = a.clone();
        a.set([0, -1], true)?;
        assert_ne!(a.address(), address, "a copy, as another holds it");
        check(&shared, "(slice(1, None, 2), slice(3)), v")?;

        let mut a = before.copy();
        a.assign(s![AnyArray::from(Array::from([3i8, 0]))], 1)?;
        check(&a, "[3, 0], 1")?;
        let mut a = before.copy();
        a.assign(s![.., AnyArray::from(Array::from([true, false, true, false, false, false]))], 1.0)?;
        check(&a, "(slice(None), [True, False, True, False, False, False]), 1.0")?;

        // Refusals leave the array as it is.
        let mut a = before.copy();
        assert!(a.assign(s![9], 1).unwrap_err().is_index());
        assert!(a.set([0], 1).unwrap_err().is_index());
        assert!(a.assign(s![0], &before).unwrap_err().is_shape());
        let wide = a.assign(s![0], i64::MAX).is_ok();
        assert_eq!(
            wide,
            eval(&format!("np.zeros(2, '{dtype}').__setitem__(0, 2**63 - 1)"), &[]).is_ok(),
            "{dtype}"
        );
        let complex = a.assign(s![0], complex128::new(1.0, 2.0)).is_ok();
        assert_eq!(
            complex,
            eval(&format!("np.zeros(2, '{dtype}').__setitem__(0, 1 + 2j)"), &[]).is_ok(),
            "{dtype}"
        );
        for value in [-1.0, 1.9, 300.0, 1e10, 1e20, -1e19, f64::NAN, f64::INFINITY] {
            let held = a.assign(s![0, 0], value).is_ok();
            let theirs = eval(&format!("np.zeros(2, '{dtype}').__setitem__(0, float('{value:?}'))"), &[]);
            assert_eq!(held, theirs.is_ok(), "{value} into {dtype}");
        }
        assert_eq!((a.dtype(), a.shape()), (dtype, before.shape()));
    }
    Ok(())
}

#[test]
fn a_file_of_arrays_of_any_dtype() -> Outcome {
    numpy();
    let folder = std::env::temp_dir().join(format!("numpypy-dtypes-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("all.npz");
    let mut rng = Rng::with_seed(4);
    let mut file = NpzWriter::create(&path)?;
    for &dtype in DType::ALL {
        file.add_any(dtype.name(), &numbers(&mut rng, dtype, [3, 4]).t())?;
    }
    file.finish()?;
    let mut file = Npz::open(&path)?;
    for name in file.names() {
        let a = file.get_any(&name)?;
        assert_eq!(a.dtype().name(), name);
        let theirs = eval(&format!("np.load({path:?})['{name}']"), &[])?;
        assert!(is_same(&a.to_py()?, &theirs)?, "{name}");
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

#[cfg(feature = "any")]
#[test]
fn sorted_arrays_of_any_dtype() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(5);
    for &dtype in DType::ALL {
        let a = numbers(&mut rng, dtype, [5, 40]);
        let lent = a.to_py()?;
        let cases = [
            (a.sort(-1)?, "np.sort(a)"),
            (a.sort(..)?, "np.sort(a, None)"),
            (a.argsort(0)?.into(), "np.argsort(a, 0, kind='stable')"),
            (a.unique()?, "np.unique(a)"),
        ];
        for (ours, source) in cases {
            // Which of several complex numbers that are nan is kept is not the same in all versions.
            if source.contains("unique") && dtype.kind() == Kind::Complex {
                continue;
            }
            let (ours, theirs) = (ours.to_py()?, eval(source, &[("a", &lent)])?);
            assert!(is_same(&ours, &theirs)?, "{source} of {dtype}\n{}\n{}", ours.repr()?, theirs.repr()?);
        }
    }
    let sorted = AnyArray::from(arange(5i64)?);
    let found = sorted.searchsorted(&AnyArray::from(Array::from([2.5f32, -1.0])), Side::Left)?;
    assert_eq!(found.to_vec(), [3, 0]);
    Ok(())
}
