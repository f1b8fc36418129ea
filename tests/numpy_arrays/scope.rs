//! Expressions that NumPy evaluates, with arrays of ours as names, and whether its results are ours.

use numpypy::foreign::{Object, builtin};
use numpypy::*;

use crate::common;

/// Names for Python source: `np`, and arrays of ours.
pub(crate) struct Scope(pub(crate) Object);

impl Scope {
    pub(crate) fn new() -> Self {
        Scope(common::scope(&[]).unwrap())
    }

    pub(crate) fn with<T: Element>(&self, name: &str, a: &Array<T>) -> Self {
        self.0.set_item(name, a.to_py().unwrap()).unwrap();
        Scope(self.0.clone())
    }

    pub(crate) fn eval(&self, source: &str) -> std::result::Result<Object, foreign::Error> {
        builtin("eval")?.call((source, &self.0))
    }

    /// Whether NumPy has the same result, or an error too.
    pub(crate) fn check<T: Element>(&self, ours: Result<Array<T>>, source: &str) {
        let shown = || {
            self.eval("{k: (v.shape, v.strides, v) for k, v in locals().items() if k not in ('np', 'ours', 'theirs', '__builtins__')}").and_then(|o| o.repr()).unwrap_or_default()
        };
        let theirs = self.eval(&format!("np.asarray({source})"));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                self.0.set_item("ours", ours.to_py().unwrap()).unwrap();
                self.0.set_item("theirs", &theirs).unwrap();
                let test = "ours.dtype == theirs.dtype and ours.shape == theirs.shape and \
                            np.array_equal(ours, theirs, equal_nan=ours.dtype.kind in 'fc')";
                let same: bool = self.eval(test).unwrap().extract().unwrap();
                assert!(
                    same,
                    "{source}\nours:   {}\nNumPy's: {}\nof {}",
                    ours.to_py().unwrap().repr().unwrap(),
                    theirs.repr().unwrap(),
                    shown()
                );
            }
            (Err(_), Err(_)) => {}
            (Ok(ours), Err(theirs)) => {
                panic!("{source}: NumPy refuses: {theirs}\nours: {ours:?}\nof {}", shown())
            }
            (Err(ours), Ok(theirs)) => {
                panic!("{source}: we refuse: {ours}\nNumPy's: {}\nof {}", theirs.repr().unwrap(), shown())
            }
        }
    }

    /// As `check`, and a view of `a` if and only if NumPy's is one.
    pub(crate) fn check_view<T: Element>(&self, ours: Result<Array<T>>, source: &str) {
        let ndim = ours.as_ref().map_or(0, |ours| ours.ndim());
        let lent = ours.as_ref().map(|ours| ours.to_py().unwrap()).ok();
        self.check(ours, source);
        // NumPy's 0-d results are scalars mostly.
        if let Some(lent) = lent.filter(|_| ndim > 0) {
            self.0.set_item("ours", &lent).unwrap();
            let test = format!("np.shares_memory(ours, a) == np.shares_memory({source}, a)");
            let same: bool = self.eval(&test).unwrap().extract().unwrap();
            let layout = self.eval("(a.shape, a.strides)").unwrap().repr().unwrap();
            assert!(same, "{source}: a view there, a copy here, or the other way round, of {layout}");
        }
    }
}
