//! How both sides are called: what they read, what NumPy's call looks like, where results go.

use std::hint::black_box;

use numpypy::foreign::Object;
use numpypy::{Array, Element, Result, ToPy, zeros};

use super::{Prepared, Setup};
use crate::Failure;
use crate::clock::Contender;
use crate::operands::Operand;

/// A result, or several.
pub(super) trait Results: ToPy {
    /// Bytes that it takes to write them.
    fn bytes(&self) -> usize;
}

impl<T: Element> Results for Array<T> {
    fn bytes(&self) -> usize {
        self.len() * size_of::<T>()
    }
}

impl<A: Results, B: Results> Results for (A, B) {
    fn bytes(&self) -> usize {
        self.0.bytes() + self.1.bytes()
    }
}

impl<A: Results> Results for Vec<A> {
    fn bytes(&self) -> usize {
        self.iter().map(Results::bytes).sum()
    }
}

/// An operand that only NumPy's call names, and that name.
type Named = (&'static str, Object);

/// Results that a ufunc can write into.
pub(super) trait Outputs: Results + Send + Sized + 'static {
    /// Ours, and those of NumPy, which are not the same memory.
    fn make(setup: &Setup<'_>, shape: &[usize]) -> Result<(Self, Vec<Named>), Failure>;
}

impl<T: Element> Outputs for Array<T> {
    fn make(setup: &Setup<'_>, shape: &[usize]) -> Result<(Self, Vec<Named>), Failure> {
        Ok((zeros(shape)?, vec![("out", setup.result::<T>(shape, 0)?)]))
    }
}

impl<T: Element, U: Element> Outputs for (Array<T>, Array<U>) {
    fn make(setup: &Setup<'_>, shape: &[usize]) -> Result<(Self, Vec<Named>), Failure> {
        let theirs = vec![("r", setup.result::<T>(shape, 0)?), ("s", setup.result::<U>(shape, 1)?)];
        Ok(((zeros(shape)?, zeros(shape)?), theirs))
    }
}

/// What both sides read.
pub(super) struct Inputs<A> {
    /// As we are called with it.
    pub(super) ours: A,
    /// As NumPy is.
    pub(super) named: Vec<Named>,
    pub(super) bytes: usize,
}

impl<T: Element> From<Operand<T>> for Inputs<Array<T>> {
    fn from(x: Operand<T>) -> Self {
        Inputs { bytes: x.bytes(), named: vec![("x", x.object)], ours: x.array }
    }
}

impl<T: Element, U: Element> From<(Operand<T>, Operand<U>)> for Inputs<(Array<T>, Array<U>)> {
    fn from((x, y): (Operand<T>, Operand<U>)) -> Self {
        let bytes = x.bytes() + y.bytes();
        Inputs { bytes, named: vec![("x", x.object), ("y", y.object)], ours: (x.array, y.array) }
    }
}

/// What NumPy's call looks like.
#[derive(Clone, Copy)]
pub(super) struct Theirs<'a> {
    /// The function's name in NumPy: `f` in the text.
    pub(super) function: &'a str,
    pub(super) text: &'a str,
    /// What is true of our result `a` and NumPy's `b`, looked at before any time is taken: an expression of
    /// Python's. `None` where results are rounded.
    pub(super) check: Option<&'a str>,
}

impl<'a> Theirs<'a> {
    /// A call whose result is the same as ours.
    pub(super) fn same(function: &'a str, text: &'a str) -> Self {
        let check = Some("a.dtype == b.dtype and np.array_equal(a, b)");
        Theirs { function, text, check }
    }
}

impl Setup<'_> {
    /// NumPy's function of the cell's name.
    pub(super) fn theirs<'a>(&'a self, text: &'a str) -> Theirs<'a> {
        Theirs { function: &self.cell.function, text, check: None }
    }
}

/// A call with fresh results.
pub(super) fn fresh<A: Send + 'static, R: Results>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    inputs: Inputs<A>,
    call: impl Fn(&A) -> Result<R> + Send + 'static,
) -> Result<Prepared, Failure> {
    let Inputs { ours, named, bytes: read } = inputs;
    // Once before the time is taken, so that an error is one and no panic.
    let results = call(&ours)?;
    let bytes = read + results.bytes();
    if let Some(check) = theirs.check {
        setup.python.compare(theirs.function, theirs.text, &named, check, &results.to_py()?)?;
    }
    drop(results);
    let theirs = setup.python.contender(theirs.function, theirs.text, &named)?;
    let ours = Contender::new("ours", move || drop(black_box(call(&ours).expect("it succeeded before"))));
    Ok(Prepared { ours, theirs, bytes })
}

/// A call into arrays that are there, of which we have `out`, and NumPy one that `inputs` names.
pub(super) fn into<A: Send + 'static, R: Outputs>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    inputs: Inputs<A>,
    mut out: R,
    call: impl Fn(&A, &mut R) -> Result<()> + Send + 'static,
) -> Result<Prepared, Failure> {
    let Inputs { ours, named, bytes: read } = inputs;
    let bytes = read + out.bytes();
    call(&ours, &mut out)?;
    let theirs = setup.python.contender(theirs.function, theirs.text, &named)?;
    let ours = Contender::new("ours", move || call(&ours, &mut out).expect("it succeeded before"));
    Ok(Prepared { ours, theirs, bytes })
}

/// A ufunc: a fresh result or `out`, as the cell says. NumPy is given all in order.
pub(super) fn ufunc<A: Send + 'static, R: Outputs>(
    setup: &Setup<'_>,
    mut inputs: Inputs<A>,
    new: fn(&A) -> Result<R>,
    call: fn(&A, &mut R) -> Result<()>,
) -> Result<Prepared, Failure> {
    let text = |named: &[Named]| {
        let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        format!("f({})", names.join(", "))
    };
    if setup.cell.fresh {
        let text = text(&inputs.named);
        return fresh(setup, setup.theirs(&text), inputs, new);
    }
    let shape: Vec<usize> = inputs.named[0].1.getattr("shape")?.extract()?;
    let (out, theirs) = R::make(setup, &shape)?;
    inputs.named.extend(theirs);
    let text = text(&inputs.named);
    into(setup, setup.theirs(&text), inputs, out, call)
}
