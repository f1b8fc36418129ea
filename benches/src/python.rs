//! The Python side: NumPy and numexpr, timed by a loop in Python itself.
//!
//! Calling NumPy through `foreign` would add the crossing to its time and so count in our favour.
//! Here one crossing starts a loop in Python, and Python's own clock times it. Such a loop is made
//! of the call's text, so that nothing but the call is in it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use numpypy::foreign::{Object, builtin};
use numpypy::{ToPy, import, py};

use crate::Failure;
use crate::clock::Contender;

/// The loop; `NAMES` and `CALL` are replaced. The result is let go of before the next call, as is ours.
const LOOP: &str = "
from itertools import repeat
from time import perf_counter_ns

def loop(f, operands, count):
    NAMES = operands
    start = perf_counter_ns()
    for _ in repeat(None, count):
        CALL
    return perf_counter_ns() - start
";

/// Whether a result is NumPy's.
const SAME: &str = "
import numpy as np

def same(f, operands, a):
    NAMES = operands
    b = CALL
    return bool(CHECK)
";

const NUMEXPR: &str = "
from itertools import repeat
from time import perf_counter_ns

def loop(module, threads, expression, operands, out, count):
    module.set_num_threads(threads)
    # The text is parsed once; `re_evaluate` is numexpr's fastest call. What it repeats is kept for
    # each thread, so it is parsed in the thread that repeats it.
    module.validate(expression, local_dict=operands, out=out)
    evaluate = module.re_evaluate
    start = perf_counter_ns()
    for _ in repeat(None, count):
        evaluate(local_dict=operands)
    return perf_counter_ns() - start
";

/// The modules, and the loops above.
pub(crate) struct Python {
    /// The module `numpy`.
    pub(crate) numpy: Object,
    /// The module `numexpr`.
    pub(crate) numexpr: Object,
    /// Loops by their source.
    loops: RefCell<HashMap<String, Object>>,
}

/// What a contender is called by in a call's text, and what it is.
pub(crate) type Named<'a> = [(&'a str, Object)];

impl Python {
    pub(crate) fn start() -> Result<Self, Failure> {
        numpypy::require(["numpy", "matplotlib", "numexpr"])?;
        // One thread: whoever multiplies matrices for NumPy reads this when it is loaded.
        let environment = import("os")?.getattr("environ")?;
        for variable in ["OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"] {
            environment.set_item(variable, "1")?;
        }
        let numpy = import("numpy")?;
        py!((import("warnings")?).simplefilter("ignore"))?;
        Ok(Python { numpy, numexpr: import("numexpr")?, loops: RefCell::default() })
    }

    /// A function of NumPy's, by its name with dots; `None` if this NumPy has none.
    pub(crate) fn function(&self, name: &str) -> Option<Object> {
        name.split('.').try_fold(self.numpy.clone(), |object, name| object.getattr(name).ok())
    }

    /// NumPy's function as `text` calls it, in which it is `f`.
    pub(crate) fn contender(
        &self,
        function: &str,
        text: &str,
        named: &Named<'_>,
    ) -> Result<Contender<'static>, Failure> {
        let (run, f, operands) = self.written(LOOP, "loop", function, text, named)?;
        // An exception here is a mistake in the benchmark, not a result: find it before any is timed.
        run.call((&f, &operands, 1)).map_err(|error| format!("{function}, called as {text}: {error}"))?;
        Ok(timed("NumPy", move |count| run.call((&f, &operands, count))))
    }

    /// Fails unless our result and that of NumPy's function, as `text` calls it, are what `check` says:
    /// an expression in which they are `a` and `b`.
    pub(crate) fn compare(
        &self,
        function: &str,
        text: &str,
        named: &Named<'_>,
        check: &str,
        ours: &Object,
    ) -> Result<(), Failure> {
        let (same, f, operands) =
            self.written(&SAME.replace("CHECK", check), "same", function, text, named)?;
        match same.call((&f, &operands, ours))?.extract()? {
            true => Ok(()),
            false => Err(format!("our result is not NumPy's of {function}, called as {text}").into()),
        }
    }

    /// A function of Python's, of a source in which the names of operands and the call are put; NumPy's
    /// function that it calls; and the operands.
    fn written(
        &self,
        source: &str,
        name: &'static str,
        function: &str,
        text: &str,
        named: &Named<'_>,
    ) -> Result<(Object, Object, Object), Failure> {
        let f = self.function(function).ok_or_else(|| format!("this NumPy has no {function}"))?;
        let names: String = named.iter().map(|(name, _)| format!("{name}, ")).collect();
        let written = self.compiled(&source.replace("NAMES", &names).replace("CALL", text), name)?;
        let operands: Vec<Object> = named.iter().map(|(_, object)| object.clone()).collect();
        Ok((written, f, operands.to_py()?))
    }

    /// numexpr's evaluation of an expression in `x` and `y`, into `out`.
    pub(crate) fn numexpr(
        &self,
        expression: &str,
        operands: &[Object],
        out: &Object,
        threads: usize,
    ) -> Result<Contender<'static>, Failure> {
        let numexpr = self.numexpr.clone();
        let named = builtin("dict")?.call(())?;
        for (name, operand) in ["x", "y"].iter().zip(operands) {
            named.set_item(*name, operand)?;
        }
        let run = self.compiled(NUMEXPR, "loop")?;
        let (expression, out) = (expression.to_owned(), out.clone());
        Ok(timed("numexpr", move |count| run.call((&numexpr, threads, &*expression, &named, &out, count))))
    }

    /// The function that the source defines.
    fn compiled(&self, source: &str, name: &str) -> Result<Object, Failure> {
        if let Some(found) = self.loops.borrow().get(source) {
            return Ok(found.clone());
        }
        let scope = builtin("dict")?.call(())?;
        builtin("exec")?.call((source, &scope))?;
        let made = scope.get_item(name)?;
        self.loops.borrow_mut().insert(source.to_owned(), made.clone());
        Ok(made)
    }
}

fn timed(
    name: &'static str,
    run: impl Fn(u64) -> numpypy::foreign::Result<Object> + Send + 'static,
) -> Contender<'static> {
    let run = move |count: u64| {
        let time = run(count).and_then(|time| time.extract::<u64>());
        Duration::from_nanos(time.expect("the loop in Python ran before"))
    };
    Contender { name, run: Box::new(run) }
}
