//! Values there and back again, and the errors of those that do not fit.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use foreign::{FromPy, Object, ToPy, Value, builtin, import, none, py};
use num_complex::Complex;

mod common;
use common::define;

/// Goes to Python and back, and looks there like `repr`.
fn round<T: ToPy + FromPy + PartialEq + Debug>(value: T, repr: &str) {
    let object = value.to_py().unwrap();
    assert_eq!(format!("{object:?}"), repr);
    assert_eq!(object.extract::<T>().unwrap(), value, "{repr}");
}

#[test]
fn scalars_go_both_ways() {
    round(true, "True");
    round(-7i8, "-7");
    round(i64::MIN, "-9223372036854775808");
    round(u64::MAX, "18446744073709551615");
    round(i128::MIN, "-170141183460469231731687303715884105728");
    round(usize::MAX, "18446744073709551615");
    round(1.5f32, "1.5");
    round(-0.1f64, "-0.1");
    round(f64::INFINITY, "inf");
    round(Complex::new(1.0, -2.0), "(1-2j)");
    round("naïve 🦀\0".to_owned(), r"'naïve 🦀\x00'");
    round(String::new(), "''");
    assert!(f64::NAN.to_py().unwrap().extract::<f64>().unwrap().is_nan());
    let zero: f64 = (-0.0f64).to_py().unwrap().extract().unwrap();
    assert!(zero.is_sign_negative());
}

#[test]
fn collections_go_both_ways() {
    round(vec![1, 2, 3], "[1, 2, 3]");
    round(Vec::<i32>::new(), "[]");
    round((1, "a".to_owned(), 2.5), "(1, 'a', 2.5)");
    round(Some(3), "3");
    round(None::<i32>, "None");
    round(vec![(1, vec!["x".to_owned()])], "[(1, ['x'])]");
    round(BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]), "{'a': 1, 'b': 2}");
    let map = HashMap::from([(1, true)]);
    assert_eq!(map.to_py().unwrap().extract::<HashMap<i32, bool>>().unwrap(), map);
    let bytes = Value::Bytes(vec![0, 255]);
    assert_eq!(format!("{:?}", bytes.to_py().unwrap()), r"b'\x00\xff'");
    round(bytes, r"b'\x00\xff'");
}

#[test]
fn dictionaries_keep_their_order() {
    let order = vec![("z".to_owned(), 1), ("a".to_owned(), 2), ("m".to_owned(), 3)];
    let dict = py!((builtin("dict").unwrap())(&order)).unwrap();
    assert_eq!(dict.extract::<Vec<(String, i32)>>().unwrap(), order);
    assert!(dict.extract::<Vec<i32>>().unwrap_err().is_conversion());
}

#[test]
fn nested_values_keep_what_has_no_equal_as_objects() {
    let module = define(
        "class Thing: pass\nthing = Thing()\nnested = {'a': [1, (2.5, None)], 'b': thing, 'c': 1 << 200}",
    );
    let Value::Dict(entries) = module.getattr("nested").unwrap().extract().unwrap() else { panic!() };
    assert_eq!(entries[0].1, Value::List(vec![1i32.into(), Value::Tuple(vec![2.5.into(), Value::None])]));
    assert_eq!(entries[1].1, Value::Object(module.getattr("thing").unwrap()));
    let Value::Object(large) = &entries[2].1 else { panic!("a large int stays an object") };
    assert_eq!(large.call_method("bit_length", ()).unwrap().extract::<u32>().unwrap(), 201);
}

fn refused<T: FromPy + Debug>(object: &Object, words: &[&str]) {
    let error = object.extract::<T>().unwrap_err();
    assert!(error.is_conversion(), "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "{error} lacks {word}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_reasons() {
    refused::<i64>(&1.5.to_py().unwrap(), &["an int", "float", "1.5"]);
    refused::<u8>(&300.to_py().unwrap(), &["300", "u8", "255"]);
    refused::<u64>(&(-1).to_py().unwrap(), &["-1", "u64"]);
    refused::<i64>(&u64::MAX.to_py().unwrap(), &["18446744073709551615", "i64"]);
    refused::<f64>(&"1.5".to_py().unwrap(), &["a float", "str", "'1.5'"]);
    refused::<String>(&1.to_py().unwrap(), &["a str", "int"]);
    refused::<bool>(&1.to_py().unwrap(), &["a bool", "int"]);
    refused::<Vec<String>>(&"text".to_py().unwrap(), &["a list", "a str"]);
    refused::<Vec<i32>>(&import("sys").unwrap(), &["iterate", "module"]);
    refused::<(i32, i32)>(&vec![1].to_py().unwrap(), &["tuple of 2", "1"]);
    refused::<i32>(&none().unwrap(), &["an int", "None"]);
    let large = define("x = 1 << 200").getattr("x").unwrap();
    refused::<i128>(&large, &["201 bits", "128"]);
    assert_eq!(large.extract::<f64>().unwrap(), 2f64.powi(200));
    let larger = define("x = 1 << 2000").getattr("x").unwrap();
    assert!(larger.extract::<f64>().unwrap_err().is_exception_of("OverflowError"));
}

#[test]
fn an_endless_nesting_is_an_error() {
    let list = define("x = []\nx.append(x)").getattr("x").unwrap();
    assert!(list.extract::<Value>().unwrap_err().is_exception_of("RecursionError"));
    let mut deep = Value::None;
    for _ in 0..1000 {
        deep = Value::List(vec![deep]);
    }
    assert!(deep.to_py().unwrap_err().is_exception_of("RecursionError"));
}

#[test]
fn text_that_is_no_unicode_is_an_error_and_still_printable() {
    let text = define(r"x = '\ud800'").getattr("x").unwrap();
    assert!(text.extract::<String>().unwrap_err().is_exception_of("UnicodeEncodeError"));
    assert!(!text.to_string().is_empty());
}
