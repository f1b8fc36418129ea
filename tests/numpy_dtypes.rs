//! Dtypes, conversions between them and arrays of any dtype, against the real NumPy: every pair of dtypes.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::*;

use common::{Outcome, eval, numpy};

/// The value of Python source without names of ours.
fn evaluated<T: foreign::FromPy>(source: &str) -> T {
    eval(source, &[]).unwrap_or_else(|error| panic!("{source}: {error}")).extract().unwrap()
}

const RULES: [Casting; 5] = [Casting::No, Casting::Equiv, Casting::Safe, Casting::SameKind, Casting::Unsafe];

#[test]
fn rules_of_casting() -> Outcome {
    numpy();
    for &from in DType::ALL {
        for &to in DType::ALL {
            for rule in RULES {
                let theirs: bool = evaluated(&format!("np.can_cast('{from}', '{to}', '{rule}')"));
                assert_eq!(can_cast(from, to, rule), theirs, "{from} to {to}, {rule}");

                let a = AnyArray::zeros([2, 3], from)?;
                let (lent, source) = (a.to_py()?, format!("a.astype('{to}', casting='{rule}')"));
                match (a.cast_with(to, rule), eval(&source, &[("a", &lent)])) {
                    (Ok(ours), Ok(theirs)) => {
                        assert!(is_same(&ours.to_py()?, &theirs)?, "{source} of {from}")
                    }
                    (Err(ours), Err(theirs)) => {
                        let message = ours.to_string();
                        assert!(
                            ours.is_dtype() && message.contains(&format!("the rule '{rule}'")),
                            "{message}"
                        );
                        assert!(message.contains(from.name()) && message.contains(to.name()), "{message}");
                        assert!(theirs.to_string().contains(&format!("the rule '{rule}'")), "{theirs}");
                    }
                    (ours, theirs) => panic!("{source} of {from}: {ours:?}, {:?}", theirs.is_ok()),
                }
            }
        }
    }
    Ok(())
}

#[test]
fn types_of_results() -> Outcome {
    numpy();
    let weak = [(WeakKind::Integer, "1"), (WeakKind::Float, "1.5"), (WeakKind::Complex, "1j")];
    let strong =
        DType::ALL.iter().map(|&dtype| (TypeArgument::from(dtype), format!("np.{}", np_name(dtype))));
    let all: Vec<(TypeArgument, String)> =
        strong.chain(weak.map(|(kind, text)| (TypeArgument::Weak(kind), text.to_owned()))).collect();
    let mut rng = Rng::with_seed(1);
    let mut calls = Vec::new();
    for (a, a_text) in &all {
        calls.push((vec![*a], a_text.clone()));
        for (b, b_text) in &all {
            calls.push((vec![*a, *b], format!("{a_text}, {b_text}")));
            let (c, c_text) = rng.choice(&all).unwrap();
            calls.push((vec![*a, *b, *c], format!("{a_text}, {b_text}, {c_text}")));
        }
    }
    for (arguments, text) in calls {
        // What has to do with nothing but weak numbers is of Python's types.
        let theirs: String = evaluated(&format!("np.dtype(np.result_type({text})).name"));
        assert_eq!(result_type(&arguments[..])?.name(), theirs, "{text}");
    }
    for &a in DType::ALL {
        for &b in DType::ALL {
            let theirs: String = evaluated(&format!("np.promote_types('{a}', '{b}').name"));
            assert_eq!(promote_types(a, b).name(), theirs);
            assert_eq!(a.promote(b).name(), theirs);
        }
    }
    Ok(())
}

/// The name of a dtype among NumPy's own: `bool` is Python's there before NumPy 2.
fn np_name(dtype: DType) -> &'static str {
    if dtype == DType::Bool { "bool_" } else { dtype.name() }
}

#[test]
fn smallest_types_of_numbers() -> Outcome {
    numpy();
    let integers = [0, 1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 31, 1 << 32, i64::MAX];
    for value in integers.into_iter().flat_map(|value| [value, -value, -value - 1]) {
        let theirs: String = evaluated(&format!("np.min_scalar_type({value}).name"));
        assert_eq!(min_scalar_type(value).name(), theirs, "{value}");
    }
    let floats = [0.0, 1.1, 64999.0, 65000.0, 65504.0, -70000.0, 3.3e38, 3.4e38, -1e39, 1e300];
    for value in floats {
        let theirs: String = evaluated(&format!("np.min_scalar_type({value:?}).name"));
        assert_eq!(min_scalar_type(value).name(), theirs, "{value}");
        let theirs: String = evaluated(&format!("np.min_scalar_type(complex(1.0, {value})).name"));
        assert_eq!(min_scalar_type(complex128::new(1.0, value)).name(), theirs, "complex {value}");
        let theirs: String = evaluated(&format!("np.min_scalar_type(np.float32({value:?})).name"));
        assert_eq!(min_scalar_type(scalar(value as f32)).name(), theirs, "float32 {value}");
    }
    assert_eq!(min_scalar_type(true).name(), evaluated::<String>("np.min_scalar_type(True).name"));
    for special in [f64::NAN, f64::INFINITY] {
        let theirs: String = evaluated(&format!("np.min_scalar_type(float('{special}')).name"));
        assert_eq!(min_scalar_type(special).name(), theirs, "{special}");
    }
    Ok(())
}

#[test]
fn limits() -> Outcome {
    numpy();
    for &dtype in DType::ALL {
        match finfo(dtype) {
            Ok(info) => {
                let numbers = [
                    ("eps", info.eps),
                    ("epsneg", info.epsneg),
                    ("max", info.max),
                    ("min", info.min),
                    ("tiny", info.tiny),
                    ("smallest_normal", info.smallest_normal),
                    ("smallest_subnormal", info.smallest_subnormal),
                    ("resolution", info.resolution),
                ];
                for (name, ours) in numbers {
                    let theirs: f64 = evaluated(&format!("float(np.finfo('{dtype}').{name})"));
                    assert_eq!(
                        ours.to_bits(),
                        theirs.to_bits(),
                        "{name} of {dtype}: {ours}, NumPy's {theirs}"
                    );
                }
                let counts = [
                    ("bits", info.bits as i32),
                    ("precision", info.precision),
                    ("maxexp", info.maxexp),
                    ("minexp", info.minexp),
                    ("machep", info.machep),
                    ("negep", info.negep),
                    ("nexp", info.nexp),
                    ("nmant", info.nmant),
                    ("iexp", info.iexp),
                ];
                for (name, ours) in counts {
                    let theirs: i64 = evaluated(&format!("int(np.finfo('{dtype}').{name})"));
                    assert_eq!(i64::from(ours), theirs, "{name} of {dtype}");
                }
                assert_eq!(
                    info.dtype.name(),
                    evaluated::<String>(&format!("np.finfo('{dtype}').dtype.name"))
                );
            }
            Err(error) => {
                assert!(error.is_value());
                assert!(eval(&format!("np.finfo('{dtype}')"), &[]).is_err(), "{dtype}");
            }
        }
        match iinfo(dtype) {
            Ok(info) => {
                for (name, ours) in [("min", info.min), ("max", info.max), ("bits", info.bits.into())] {
                    let theirs: String = evaluated(&format!("str(np.iinfo('{dtype}').{name})"));
                    assert_eq!(ours.to_string(), theirs, "{name} of {dtype}");
                }
            }
            Err(error) => {
                assert!(error.is_value());
                assert!(eval(&format!("np.iinfo('{dtype}')"), &[]).is_err(), "{dtype}");
            }
        }
    }
    Ok(())
}

#[test]
fn names_and_kinds() -> Outcome {
    numpy();
    for &dtype in DType::ALL {
        assert_eq!(dtype.str(), evaluated::<String>(&format!("np.dtype('{dtype}').str")));
        assert_eq!(dtype.char().to_string(), evaluated::<String>(&format!("np.dtype('{dtype}').char")));
        // NumPy has isdtype since 2.0.
        if evaluated("hasattr(np, 'isdtype')") {
            for kind in [
                "bool",
                "signed integer",
                "unsigned integer",
                "integral",
                "real floating",
                "complex floating",
                "numeric",
            ] {
                let theirs: bool = evaluated(&format!("np.isdtype(np.dtype('{dtype}'), '{kind}')"));
                assert_eq!(isdtype(dtype, kind)?, theirs, "{dtype} {kind}");
            }
            let theirs: bool = evaluated(&format!("np.isdtype(np.dtype('{dtype}'), ('bool', 'integral'))"));
            assert_eq!(isdtype(dtype, ["bool", "integral"])?, theirs);
        }
    }
    let names = "bool_ byte short intc int int_ longlong intp q p ubyte ushort uintc uint ulonglong uintp Q P half \
                 single float double csingle complex cdouble ? b h i l B H I L e f d F D =f8 |f8 <l |b1 b1 i1 i2 i4 i8 \
                 u1 u2 u4 u8 f2 f4 f8 c8 c16 <c16 =i4 c i3 f1 float63 bool8 x S3 M8 <float64 f16 c32";
    for name in names.split_whitespace().chain(DType::ALL.iter().map(|dtype| dtype.name())) {
        let theirs = eval(&format!("np.dtype('{name}').name"), &[]).ok().map(|name| name.extract::<String>());
        let theirs =
            theirs.transpose()?.and_then(|theirs| DType::ALL.iter().find(|dtype| dtype.name() == theirs));
        assert_eq!(name.parse().ok(), theirs.copied(), "{name}");
    }
    Ok(())
}

/// Whether dtypes, shapes and all values are the same, `nan`s too, but for the signs of zeros.
fn is_same(ours: &Object, theirs: &Object) -> Result<bool, Box<dyn std::error::Error>> {
    let test = "bool(ours.dtype == theirs.dtype and ours.shape == theirs.shape and \
                np.array_equal(ours, theirs, equal_nan=ours.dtype.kind in 'fc'))";
    Ok(eval(test, &[("ours", ours), ("theirs", theirs)])?.extract()?)
}

/// Numbers of this dtype of all sizes, with some that stand out.
fn numbers(rng: &mut Rng, dtype: DType, shape: [usize; 2]) -> AnyArray {
    let random = |rng: &mut Rng| match rng.u8(0..12) {
        0 => 0.0,
        1 => -0.0,
        2 => f64::NAN,
        3 => f64::INFINITY,
        4 => -1.0 / 3.0,
        5 => rng.i64(..) as f64,
        6 => f64::from(rng.i32(..)) * 1e30,
        7..9 => f64::from(rng.i8(..)) / 4.0,
        _ => f64::from(rng.i16(..)) + rng.f64(),
    };
    let real = from_fn(shape, |_| random(rng)).unwrap();
    match dtype.kind() {
        Kind::Complex => {
            let mut both: Array<complex128> = zeros(shape).unwrap();
            both.view_mut().iter_mut().for_each(|z| *z = complex128::new(random(rng), random(rng)));
            AnyArray::from(both).cast(dtype)
        }
        Kind::Float => AnyArray::from(real).cast(dtype),
        // Bits of every kind.
        _ => AnyArray::from(from_fn(shape, |_| rng.u64(..) >> rng.u32(..64)).unwrap()).cast(dtype),
    }
}

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
