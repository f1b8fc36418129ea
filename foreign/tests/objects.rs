//! Objects: attributes, items, calls, iteration, the macro, and what they raise.

use foreign::{Call, Object, ToPy, builtin, import, none, py};

mod common;
use common::define;

#[test]
fn import_gives_the_leaf() {
    let path = import("os.path").unwrap();
    assert!(path.hasattr("join").unwrap() && !path.hasattr("getpid").unwrap());
}

#[test]
fn items_and_attributes_are_read_and_written() {
    let namespace = import("types").unwrap().getattr("SimpleNamespace").unwrap();
    let thing = py!(namespace(a = 1)).unwrap();
    thing.setattr("b", "two").unwrap();
    py!(thing.c = vec![1, 2]).unwrap();
    py!(thing.c[0] = 5).unwrap();
    py!(thing.d = None).unwrap();
    assert_eq!(thing.to_string(), "namespace(a=1, b='two', c=[5, 2], d=None)");
    let dict = define("d = {(1, 2): 'pair'}").getattr("d").unwrap();
    assert_eq!(dict.get_item((1, 2)).unwrap().to_string(), "pair");
    dict.set_item("k", 1).unwrap();
    assert_eq!(dict.len().unwrap(), 2);
    assert!(!dict.is_empty().unwrap() && dict.is_truthy().unwrap() && !dict.is_callable());
    assert!(none().unwrap().is_none() && !dict.is_none());
}

#[test]
fn the_macro_takes_chains_keywords_and_references() {
    let f = define(
        "def f(*args, **kwargs): return [list(args), kwargs]\nclass A: pass\nA.f = staticmethod(f)\nA.items = [A]",
    );
    let owned: Object = f.getattr("A").unwrap();
    let text = String::from("r--");
    let result =
        py!(f.A.items[0].f(1, &text, &owned, None, (1, 2), linewidth = 2.0, color = None, r#type = "t",))
            .unwrap();
    assert_eq!(
        result.to_string(),
        "[[1, 'r--', <class 'test.A'>, None, (1, 2)], {'linewidth': 2.0, 'color': None, 'type': 't'}]"
            .replace("test.A", &py!(f.A.__module__).map(|m| format!("{m}.A")).unwrap())
    );
    // Neither was moved.
    assert_eq!(text, "r--");
    assert_eq!(py!(owned.f()).unwrap().to_string(), "[[], {}]");
    // In a function that returns something else, `?` inside an argument is that function's.
    fn inner(f: &Object) -> foreign::Result<usize> {
        py!(f.f("x".parse::<f64>().unwrap_or(1.0), import("sys")?)[0])?.len()
    }
    assert_eq!(inner(&f).unwrap(), 2);
    assert_eq!(py!((&f).f(1 == 1)).unwrap().to_string(), "[[True], {}]");
    assert!(py!(f.nothing.at.all(1)).unwrap_err().is_exception_of("AttributeError"));
}

#[test]
fn ranges_are_slices() {
    let list = (0..10).collect::<Vec<_>>().to_py().unwrap();
    let sum = |part: Object| part.extract::<Vec<i32>>().unwrap().iter().sum::<i32>();
    assert_eq!(sum(py!(list[2..4]).unwrap()), 5);
    assert_eq!(sum(py!(list[-2..]).unwrap()), 17);
    assert_eq!(sum(py!(list[..2]).unwrap()), 1);
    assert_eq!(sum(py!(list[..]).unwrap()), 45);
    py!(list[1..] = Vec::<i32>::new()).unwrap();
    assert_eq!(list.len().unwrap(), 1);
}

#[test]
fn calls_are_put_together_piece_by_piece() {
    let dict = builtin("dict").unwrap();
    let mut call = Call::new();
    for name in ["a", "b"] {
        call = call.kwarg(name, name);
    }
    assert_eq!(call.of(&dict).unwrap().to_string(), "{'a': 'a', 'b': 'b'}");
    let text = "a,b".to_py().unwrap();
    let parts = text.call_method_with("split", (), [("sep", ",")]).unwrap();
    assert_eq!(parts.extract::<Vec<String>>().unwrap(), ["a", "b"]);
    let many = builtin("max").unwrap().call(vec![1, 5, 3]).unwrap();
    assert_eq!(many.extract::<i32>().unwrap(), 5);
}

#[test]
fn iteration_ends_and_errors_end_it() {
    let range = builtin("range").unwrap().call((3,)).unwrap();
    let numbers: Vec<i32> = range.iter().unwrap().map(|n| n.unwrap().extract().unwrap()).collect();
    assert_eq!(numbers, [0, 1, 2]);
    let broken = define("def g():\n  yield 1\n  raise ValueError('enough')").call_method("g", ()).unwrap();
    let mut items = broken.iter().unwrap();
    assert_eq!(items.next().unwrap().unwrap().extract::<i32>().unwrap(), 1);
    assert!(items.next().unwrap().unwrap_err().is_exception_of("ValueError"));
    assert!(items.next().is_none() && items.next().is_none());
    assert!(1.to_py().unwrap().iter().unwrap_err().is_exception_of("TypeError"));
}

#[test]
fn an_exception_carries_type_message_traceback_and_itself() {
    let module = define("def inner():\n    raise KeyError('lost')\ndef outer():\n    inner()");
    let error = py!(module.outer()).unwrap_err();
    assert!(error.is_exception() && error.is_exception_of("KeyError"));
    assert_eq!((error.type_name(), error.message()), (Some("KeyError"), "'lost'"));
    assert!(error.is_exception_of("LookupError") && !error.is_exception_of("OSError"));
    let traceback = error.traceback().unwrap();
    assert!(traceback.starts_with("Traceback (most recent call last):"), "{traceback}");
    assert!(traceback.contains("in outer") && traceback.contains("in inner"), "{traceback}");
    assert_eq!(error.exception().unwrap().getattr("args").unwrap().to_string(), "('lost',)");
    let written = error.to_string();
    assert!(written.starts_with("Python raised KeyError: 'lost'\n") && written.ends_with("KeyError: 'lost'"));
}

#[test]
fn a_missing_module_tells_how_to_install_it() {
    let error = import("no_such_module_at_all").unwrap_err();
    assert!(error.is_missing_package() && error.is_exception_of("ModuleNotFoundError"));
    let program = foreign::interpreter().unwrap().executable().display().to_string();
    let hint = error.hint().unwrap();
    assert!(hint.contains(&format!("{program} -m pip install no_such_module_at_all")), "{hint}");
    let error = import("json.nothing").unwrap_err();
    assert!(error.hint().unwrap().contains("json is there, but has no module json.nothing"), "{error}");
}

#[test]
fn exits_and_interrupts_are_only_errors() {
    let module = define("def leave(): raise SystemExit(3)\ndef interrupt(): raise KeyboardInterrupt");
    assert!(py!(module.leave()).unwrap_err().is_exception_of("SystemExit"));
    assert!(py!(module.interrupt()).unwrap_err().is_exception_of("KeyboardInterrupt"));
}

#[test]
fn objects_that_cannot_be_written_out_say_so() {
    let module = define("class Bad:\n  def __repr__(self): raise ValueError('shy')\nbad = Bad()");
    let bad = module.getattr("bad").unwrap();
    assert_eq!(format!("{bad:?}"), "<repr() raised: shy>");
    assert!(bad.str().unwrap_err().is_exception_of("ValueError"));
}
