//! What the tests against the real NumPy share: NumPy itself, Python source with names of ours, whether two
//! arrays are nearly the same, and random arrays (`random.rs`).
#![allow(dead_code, reason = "not every test file needs all of it")]

pub(crate) mod random;

use std::error::Error;
use std::sync::LazyLock;

use numpypy::foreign::{Object, builtin};
use numpypy::{Array, Element, ToPy, import, py, require};

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// NumPy. Each test asks for it first: `require` must come before all else that uses Python.
pub(crate) fn numpy() -> &'static Object {
    static NUMPY: LazyLock<Object> = LazyLock::new(|| {
        require(["numpy"]).unwrap();
        let numpy = import("numpy").unwrap();
        // Infinities, means of nothing and the like are asked for. Flags of the processor are kept per thread.
        py!((import("warnings").unwrap()).simplefilter("ignore")).unwrap();
        numpy
    });
    &NUMPY
}

/// Names for Python source: `np` and those given.
pub(crate) fn scope(names: &[(&str, &Object)]) -> Result<Object, Box<dyn Error>> {
    let numpy = numpy();
    let scope = builtin("dict")?.call(())?;
    scope.set_item("np", numpy)?;
    for (name, object) in names {
        scope.set_item(*name, *object)?;
    }
    Ok(scope)
}

/// The value of Python source.
pub(crate) fn eval(source: &str, names: &[(&str, &Object)]) -> Result<Object, Box<dyn Error>> {
    Ok(builtin("eval")?.call((source, scope(names)?))?)
}

/// How far apart numbers may be, in units of the dtype's epsilon: relative to NumPy's, and beside that. Integers
/// must be the same.
#[derive(Clone, Copy)]
pub(crate) struct Tolerance {
    pub(crate) relative: usize,
    pub(crate) absolute: usize,
}

/// Sums of numbers of either sign: errors are relative to the largest, not to the sum.
pub(crate) const OF_SUMS: Tolerance = Tolerance { relative: 40, absolute: 4000 };

/// Whether dtypes and shapes are the same, and values nearly.
pub(crate) fn is_near(ours: &Object, theirs: &Object, tolerance: Tolerance) -> Result<bool, Box<dyn Error>> {
    let Tolerance { relative, absolute } = tolerance;
    let test = format!(
        "bool(ours.dtype == theirs.dtype and ours.shape == theirs.shape and \
         (np.array_equal(ours, theirs) if ours.dtype.kind not in 'fc' else \
         np.allclose(ours, theirs, rtol={relative} * np.finfo(ours.dtype).eps, \
         atol={absolute} * np.finfo(ours.dtype).eps, equal_nan=True)))"
    );
    Ok(eval(&test, &[("ours", ours), ("theirs", theirs)])?.extract()?)
}

/// Panics unless the two are near.
pub(crate) fn assert_near<T: Element>(
    ours: &Array<T>,
    theirs: &Object,
    tolerance: Tolerance,
    what: &str,
) -> Outcome
where
    Array<T>: ToPy,
{
    let ours = ours.to_py()?;
    let near = is_near(&ours, theirs, tolerance)?;
    assert!(near, "{what}\nours:   {}\nNumPy's: {}", ours.repr()?, theirs.repr()?);
    Ok(())
}

/// Panics unless NumPy gives `ours` for this expression of `np`, `ours` and the names given.
pub(crate) fn assert_is<O: Element>(
    ours: &Array<O>,
    source: &str,
    names: &[(&str, &Object)],
    tolerance: Tolerance,
) -> Outcome {
    let ours = ours.to_py()?;
    let theirs = eval(&format!("np.asarray({source})"), &[names, &[("ours", &ours)]].concat())?;
    if is_near(&ours, &theirs, tolerance)? {
        return Ok(());
    }
    let mut of = String::new();
    for (name, object) in names {
        let described = "f'{a.dtype} {a.shape}, strides {a.strides}: {a!r}'";
        of += &format!("\n{name}: {}", eval(described, &[("a", object)])?.extract::<String>()?);
    }
    panic!("{source}\nours:   {}\nNumPy's: {}{of}", ours.repr()?, theirs.repr()?);
}
