//! Objects that misbehave when they are looked at, names that are none, and whether errors leak: nothing
//! of it crashes the plug-in or makes it panic.

use array_core::{Buffer, full};
use foreign::{FromPy, Object, ToPy, Value, builtin, import, py};
use num_complex::Complex;

mod common;
use common::{define, numpy, turn};

/// Objects that misbehave when looked at.
const NASTY: &str = r#"
import numpy as np
class Hint:
    def __init__(self, hint): self.hint = hint
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __length_hint__(self):
        if isinstance(self.hint, Exception): raise self.hint
        return self.hint
hints = [Hint(1 << 62), Hint(1 << 44), Hint(-1), Hint(KeyError("no")), Hint("?")]

class Grows(np.float32):
    def item(self, *_):
        grown[len(grown)] = self
        return 1.0
grown = {}
grown[0] = Grows(1.0)
class Shrinks(np.float32):
    def item(self, *_):
        shrunk.clear()
        return 1.0
shrunk = []

class Int(int):
    def __rshift__(self, _): return "wide"
    def __lt__(self, _): raise KeyError
    def __index__(self): raise KeyError
    def __int__(self): raise KeyError
integers = [Int(1 << 100), Int(-1 << 100), Int(7), Int(1 << 300)]

class Meta(type):
    @property
    def __name__(cls): raise KeyError("no name")
class Nameless(Exception, metaclass=Meta):
    def __str__(self): raise SystemExit(3)
    def __repr__(self): return 5
class Index:
    def __index__(self): raise KeyboardInterrupt
class Floats:
    def __float__(self): return "no"
class Liar:
    __class__ = property(lambda self: np.float64)
class Loud:
    def __getattr__(self, name): raise RuntimeError(name)
    def __repr__(self): raise MemoryError
class Looks:
    def __complex__(self): return 1
things = [Nameless(), Index(), Floats(), Liar(), Loud(), Looks(), type, Meta("M", (), {}), np.generic]
def throw(): raise Nameless
def gone():
    try:
        raise ValueError("\ud800 no text")
    except ValueError as e:
        e.__traceback__ = None
        e.__cause__ = e
        raise
odd = [np.arange(3, dtype=">i4"), np.array([(1, 2.5)], "i4,f8"), np.array([None, {}], object),
       np.array(["2020-01-01"], "M8[D]"), np.array([1], "m8[ns]"), np.array(["NaT"], "M8[s]"),
       np.ma.array([1, 2], mask=[0, 1]), np.ma.masked, np.array("text"), np.array([b"x", b""]),
       np.frombuffer(bytes(17), "u1")[1:].view("f8"), np.arange(6)[::-2], np.broadcast_to(1.0, (3, 0, 2)),
       np.zeros((1,) * 32), np.array(5), np.void(b"abc"), np.matrix([[1]]), np.rec.array([(1, "a")]),
       np.longdouble(2), np.clongdouble(1 + 2j), np.float16("nan"), np.timedelta64(5), np.str_("\ud800")]
"#;

/// Every kind of extraction: each may fail, none may panic.
fn extract_all(object: &Object) {
    fn orderly<T: FromPy>(object: &Object) {
        if let Err(error) = object.extract::<T>() {
            assert!(error.is_conversion() || error.is_exception(), "{error}");
        }
    }
    orderly::<Value>(object);
    orderly::<bool>(object);
    orderly::<i8>(object);
    orderly::<u128>(object);
    orderly::<f32>(object);
    orderly::<Complex<f64>>(object);
    orderly::<String>(object);
    orderly::<Vec<Value>>(object);
    orderly::<Vec<f64>>(object);
    orderly::<Vec<Vec<i64>>>(object);
    orderly::<(i32, Option<String>)>(object);
    orderly::<std::collections::BTreeMap<String, f64>>(object);
    let _ = (object.to_string(), format!("{object:?}"), object.len(), object.is_truthy());
    let _ = (object.iter().map(|mut items| items.next().is_some()), object.hasattr("x"), object.call(()));
    let _ = (object.getattr("x"), object.get_item(0), object.set_item("k", 1), object.setattr("y", 1));
}

#[test]
fn nasty_objects_are_errors_at_worst() {
    let _turn = turn();
    let module = define(NASTY);
    for list in ["hints", "integers", "things", "odd"] {
        for object in module.getattr(list).unwrap().iter().unwrap() {
            extract_all(&object.unwrap());
        }
    }
    extract_all(&py!(module.throw).unwrap());
    for name in ["throw", "gone"] {
        let error = module.call_method(name, ()).unwrap_err();
        assert!(error.is_exception() && !error.to_string().is_empty());
        let _ = (error.is_exception_of("OSError"), error.traceback(), format!("{:?}", error.exception()));
    }
}

#[test]
fn what_changes_while_it_is_read_is_an_error_at_worst() {
    let _turn = turn();
    let module = define(NASTY);
    let grown: Value = module.getattr("grown").unwrap().extract().unwrap();
    assert_eq!(grown, Value::Dict(vec![(Value::Int(0), Value::Float(1.0))]), "as it was when it was read");
    py!((builtin("exec").unwrap())(
        "shrunk += [Shrinks(1.0), 2.0, 3.0]",
        module.getattr("__dict__").unwrap()
    ))
    .unwrap();
    assert!(module.getattr("shrunk").unwrap().extract::<Value>().is_ok());
}

#[test]
fn an_imaginary_part_is_never_dropped() {
    let _turn = turn();
    let np = numpy();
    let z = Complex::new(1.0, 2.0);
    for name in ["complex64", "complex128", "clongdouble"] {
        let number = np.call_method(name, (z,)).unwrap();
        assert_eq!(number.extract::<Complex<f64>>().unwrap(), z, "{name}");
        assert_eq!(number.extract::<Value>().unwrap(), Value::Complex(z), "{name}");
        assert!(number.extract::<f64>().unwrap_err().is_conversion(), "{name}");
        assert!(py!(np.array(vec![&number])).unwrap().extract::<Vec<f64>>().unwrap_err().is_conversion());
        assert!(py!(np.array(&number)).unwrap().extract::<f64>().is_err(), "{name}");
    }
}

#[test]
fn odd_names_are_errors_or_names() {
    let _turn = turn();
    let long = "x".repeat(1 << 20);
    for name in ["", ".", "..", ".sys", "sys.", "a\0b", "\0", "sys\0", "naïve 🦀", &long, "sys.\u{FEFF}"] {
        let error = import(name).map(drop).unwrap_err();
        assert!(error.is_exception(), "{name:?}: {error}");
        assert!(builtin(name).is_err());
        let thing = define("").to_py().unwrap();
        assert!(thing.getattr(name).is_err() && thing.call_method(name, ()).is_err());
        thing.setattr(name, 1).unwrap();
        assert_eq!(thing.getattr(name).unwrap().extract::<u8>().unwrap(), 1);
        let dict = builtin("dict").unwrap().call_with((), [(name, 1), (name, 2)]).unwrap();
        assert_eq!(dict.get_item(name).unwrap().extract::<u8>().unwrap(), 2);
        assert!(builtin("len").unwrap().call_with((), [(name, 1)]).unwrap_err().is_exception());
    }
}

#[test]
fn no_error_leaks() {
    let _turn = turn();
    let module = define(NASTY);
    let np = numpy();
    let blocks = import("sys").unwrap().getattr("getallocatedblocks").unwrap();
    let collect = import("gc").unwrap().getattr("collect").unwrap();
    let allocated = || {
        py!(collect()).unwrap();
        py!(blocks()).unwrap().extract::<i64>().unwrap()
    };
    let thing = py!(module.Loud()).unwrap();
    let mixed = py!(np.array(vec![Value::None], dtype = "O")).unwrap();
    let nested = define("a = [object(), 'x', 1 << 100, {'k': [b'b', 2.5, object()]}, (None, '\\ud800')]");
    let nested = nested.getattr("a").unwrap();
    let deep = (0..150).fold(Value::None, |value, _| Value::List(vec![Value::Str("deep".into()), value]));
    let many_axes = full([1; 70], 1.0).unwrap();
    let array = full([10], 1.0).unwrap();
    let attempts: [(&str, &dyn Fn() -> bool); 14] = [
        ("import", &|| import("no.such_module").is_err()),
        ("attribute", &|| thing.getattr("x").is_err()),
        ("item", &|| thing.get_item((1, "k", &thing)).is_err()),
        ("set item", &|| thing.set_item("k", vec![Some(1i128 << 70)]).is_err()),
        ("call", &|| thing.call((1, "text", &array)).is_err()),
        ("keyword", &|| np.call_method_with("zeros", (1,), [("nothing", vec![&array])]).is_err()),
        ("method", &|| module.call_method("throw", ()).is_err()),
        ("exception", &|| module.call_method("gone", ()).unwrap_err().exception().is_some()),
        ("extract", &|| nested.extract::<Value>().is_err() && nested.extract::<Vec<f64>>().is_err()),
        ("extract int", &|| mixed.extract::<i64>().is_err() && thing.extract::<f64>().is_err()),
        ("deep", &|| deep.to_py().is_err()),
        ("lend", &|| many_axes.to_py().is_err()),
        ("iterate", &|| thing.iter().is_err() && thing.len().is_err()),
        ("write", &|| thing.repr().is_err()),
    ];
    let live = Buffer::live_count();
    for (name, attempt) in attempts {
        // What is kept for later, once, is no leak: only what grows every time.
        let round = || {
            let before = allocated();
            for _ in 0..700 {
                assert!(attempt(), "{name}");
            }
            allocated() - before
        };
        let grown = (0..3).map(|_| round()).min().unwrap();
        assert!(grown < 350, "{name} leaks: {grown} blocks more");
    }
    assert_eq!(Buffer::live_count(), live);
}
