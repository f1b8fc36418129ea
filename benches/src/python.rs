//! The Python side: NumPy and numexpr, timed by a loop in Python itself.
//!
//! Calling NumPy through `foreign` would add the crossing to its time and so count in our favour.
//! Here one crossing starts a loop in Python, and Python's own clock times it.

use std::time::Duration;

use numpypy::foreign::{Object, builtin};
use numpypy::{ToPy, import, py};

use crate::Failure;
use crate::clock::Contender;

const SOURCE: &str = "
from itertools import repeat
from time import perf_counter_ns

def unary(function, x, out, count):
    start = perf_counter_ns()
    for _ in repeat(None, count):
        function(x, out)
    return perf_counter_ns() - start

def unary_fresh(function, x, count):
    start = perf_counter_ns()
    for _ in repeat(None, count):
        function(x)
    return perf_counter_ns() - start

def binary(function, x, y, out, count):
    start = perf_counter_ns()
    for _ in repeat(None, count):
        function(x, y, out)
    return perf_counter_ns() - start

def binary_fresh(function, x, y, count):
    start = perf_counter_ns()
    for _ in repeat(None, count):
        function(x, y)
    return perf_counter_ns() - start

def numexpr(module, expression, operands, out, count):
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
    loops: Object,
}

impl Python {
    pub(crate) fn start() -> Result<Self, Failure> {
        numpypy::require(["numpy", "matplotlib", "numexpr"])?;
        let numpy = import("numpy")?;
        py!((import("warnings")?).simplefilter("ignore"))?;
        let loops = builtin("dict")?.call(())?;
        builtin("exec")?.call((SOURCE, &loops))?;
        Ok(Python { numpy, numexpr: import("numexpr")?, loops })
    }

    /// NumPy's function on these operands, into `out` or, without one, into a fresh array.
    pub(crate) fn contender(
        &self,
        function: &str,
        operands: Vec<Object>,
        out: Option<Object>,
    ) -> Result<Contender<'static>, Failure> {
        let name = match (operands.len(), &out) {
            (1, Some(_)) => "unary",
            (1, None) => "unary_fresh",
            (_, Some(_)) => "binary",
            (_, None) => "binary_fresh",
        };
        let arguments = std::iter::once(self.numpy.getattr(function)?).chain(operands).chain(out).collect();
        self.timed("NumPy", name, arguments)
    }

    /// numexpr's evaluation of an expression in `x` and `y`, into `out`.
    pub(crate) fn numexpr(
        &self,
        expression: &str,
        operands: &[Object],
        out: &Object,
        threads: usize,
    ) -> Result<Contender<'static>, Failure> {
        let numexpr = &self.numexpr;
        py!(numexpr.set_num_threads(threads))?;
        let named = builtin("dict")?.call(())?;
        for (name, operand) in ["x", "y"].iter().zip(operands) {
            named.set_item(*name, operand)?;
        }
        self.timed("numexpr", "numexpr", vec![numexpr.clone(), expression.to_py()?, named, out.clone()])
    }

    fn timed(
        &self,
        name: &'static str,
        function: &str,
        arguments: Vec<Object>,
    ) -> Result<Contender<'static>, Failure> {
        let function = self.loops.get_item(function)?;
        let run = move |count: u64| {
            let time = match &arguments[..] {
                [f, x] => function.call((f, x, count)),
                [f, x, y] => function.call((f, x, y, count)),
                [f, x, y, out] => function.call((f, x, y, out, count)),
                _ => unreachable!("no loop has other arguments"),
            };
            // An exception here is a mistake in the benchmark, not a result.
            let ns: u64 = time.and_then(|time| time.extract()).expect("the loop in Python runs");
            Duration::from_nanos(ns)
        };
        Ok(Contender { name, run: Box::new(run) })
    }
}
