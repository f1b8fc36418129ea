//! Whether anything was forgotten: the table of cases against the ufuncs that NumPy has, and against
//! the other functions that are promised.

use std::collections::{BTreeMap, BTreeSet};

use numpypy::foreign::builtin;

use crate::Failure;
use crate::cases::Case;
use crate::python::Python;

/// What is promised beside ufuncs.
const OTHERS: &str = "
    clip round real imag angle sinc nan_to_num interp where
    sum prod min max mean var std any all argmin argmax count_nonzero ptp cumsum cumprod
    diff gradient median percentile quantile average trapezoid cov corrcoef
    nansum nanprod nanmin nanmax nanmean nanvar nanstd nanargmin nanargmax nancumsum nancumprod
    nanmedian nanpercentile nanquantile
    sort argsort unique searchsorted take mask concat transpose_copy tile roll where
    partition isin mask_assign repeat flip_copy stack pad nonzero argwhere slice reshape
";

/// NumPy's ufuncs, each by the name that it calls itself.
const UFUNCS: &str =
    "sorted({getattr(np, name).__name__ for name in dir(np) if isinstance(getattr(np, name), np.ufunc)})";

/// Names of NumPy's that are not the ones that a ufunc calls itself.
const ALSO: [&str; 2] = ["deg2rad", "rad2deg"];

/// Ufuncs that are not for numbers, and are not promised.
const NOT_PROMISED: [&str; 1] = ["isnat"];

/// Prints what is measured, and fails if something is not.
pub(crate) fn list(cases: &[Case]) -> Result<(), Failure> {
    let python = Python::start()?;
    let scope = builtin("dict")?.call(())?;
    scope.set_item("np", &python.numpy)?;
    let ufuncs: Vec<String> = builtin("eval")?.call((UFUNCS, &scope))?.extract()?;

    let mut measured: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in cases {
        measured.entry(case.function).or_default().push(case.dtype);
    }
    for (function, dtypes) in &measured {
        println!("{function}: {}", dtypes.join(" "));
    }
    println!("{} functions, {} with their dtypes", measured.len(), cases.len());

    let promised: BTreeSet<&str> =
        ufuncs.iter().map(String::as_str).chain(ALSO).chain(OTHERS.split_whitespace()).collect();
    let missing: Vec<&str> = promised
        .into_iter()
        .filter(|name| !measured.contains_key(name) && !NOT_PROMISED.contains(name))
        .collect();
    if missing.is_empty() {
        println!("all {} ufuncs of NumPy's and all other functions promised are among them", ufuncs.len());
        return Ok(());
    }
    Err(format!("{} functions are not measured: {}", missing.len(), missing.join(" ")).into())
}
