//! What the tests against the real NumPy share: NumPy itself, Python source with names of ours, whether two
//! arrays are nearly the same, and random arrays (`random.rs`).
#![allow(dead_code, reason = "not every test file needs all of it")]

pub(crate) mod random;

use std::error::Error;
use std::sync::LazyLock;

use numpypy::foreign::{Object, builtin};
use numpypy::{AnyArray, Array, Element, ToPy, import, py, require};

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

/// Where we differ from NumPy: gathered, so that a test tells of all at once.
pub(crate) struct Differences {
    tolerance: Tolerance,
    found: Vec<String>,
}

impl Differences {
    /// Of values that are further apart than this.
    pub(crate) fn beyond(tolerance: Tolerance) -> Self {
        Differences { tolerance, found: Vec::new() }
    }

    /// The same, and from now on of values that are further apart than this.
    pub(crate) fn within(&mut self, tolerance: Tolerance) -> &mut Self {
        self.tolerance = tolerance;
        self
    }

    /// Panics if there are any.
    pub(crate) fn none(self) -> Outcome {
        let count = self.found.len();
        assert!(count == 0, "{count} cases:\n{}", self.found.join("\n"));
        Ok(())
    }
}

/// Finds the difference, if there is one: both refuse, or both give the same dtype and nearly the same values.
pub(crate) fn compare(
    ours: numpypy::Result<impl Into<AnyArray>>,
    call: &str,
    names: &[(&str, &impl ToPy)],
    wrong: &mut Differences,
) -> Outcome {
    let lent: Vec<Object> = names.iter().map(|(_, value)| value.to_py()).collect::<Result<_, _>>()?;
    let scope: Vec<(&str, &Object)> =
        names.iter().zip(&lent).map(|((name, _), lent)| (*name, lent)).collect();
    let theirs = eval(&format!("np.asarray({call})"), &scope);
    let difference = match (ours, theirs) {
        (Err(ours), Err(_)) if ours.is_dtype() || ours.is_value() || ours.is_shape() => return Ok(()),
        (Err(ours), Err(theirs)) => format!("ours: {ours}\nNumPy's: {theirs}"),
        (Ok(ours), Ok(theirs)) => {
            let ours = ours.into().to_py()?;
            if is_near(&ours, &theirs, wrong.tolerance)? {
                return Ok(());
            }
            let dtypes = eval("f'{a.dtype}, {b.dtype}'", &[("a", &ours), ("b", &theirs)])?;
            let dtypes = dtypes.extract::<String>()?;
            format!("ours: {}\nNumPy's: {}\nof {dtypes}", ours.repr()?, theirs.repr()?)
        }
        (Ok(ours), Err(theirs)) => format!("ours: {:?}\nNumPy refuses: {theirs}", ours.into()),
        (Err(ours), Ok(theirs)) => format!("ours: {ours}\nNumPy's: {}", theirs.repr()?),
    };
    let mut what = format!("{call} of");
    for (name, value) in scope {
        what += &format!(" {name} {}", value.repr()?);
    }
    wrong.found.push(format!("{what}\n{difference}"));
    Ok(())
}
