//! What follows from dtypes: casts that are allowed, dtypes of results, limits, names.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::is_same;

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
