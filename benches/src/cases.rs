//! The functions under measurement, and the contenders for each.
//!
//! One line of the table at the end makes a case for each dtype: ours, NumPy's, and where a rival
//! can do the same, the rival's.

use array_core::engine::CastTo;
use numpypy::{Array, Element, Result, ToPy, s, zeros};

use crate::Failure;
use crate::clock::Contender;
use crate::python::Python;
use crate::record::{Cell, Layout};

/// A function on a dtype.
pub(crate) struct Case {
    pub(crate) function: &'static str,
    pub(crate) dtype: &'static str,
    /// How many operands it takes.
    pub(crate) operands: usize,
    prepare: fn(&Setup<'_>) -> Result<Vec<Contender<'static>>, Failure>,
}

/// What a case is prepared for.
pub(crate) struct Setup<'a> {
    pub(crate) cell: &'a Cell,
    /// Whether rivals beside NumPy take part.
    pub(crate) rivals: bool,
    pub(crate) python: &'a Python,
}

impl Case {
    /// The contenders for a cell: ours first, then NumPy's, then the rivals'.
    pub(crate) fn contenders(&self, setup: &Setup<'_>) -> Result<Vec<Contender<'static>>, Failure> {
        (self.prepare)(setup)
    }
}

/// Random numbers from 0.01 to 100, where all functions are defined, of the dtype wanted.
fn values<T: Element>(shape: &[usize], seed: u64) -> Result<Array<T>>
where
    f64: CastTo<T>,
{
    let mut rng = fastrand::Rng::with_seed(seed);
    Ok(numpypy::from_fn(shape, |_| 0.01 + rng.f64() * 99.99)?.astype())
}

/// The side of the square matrix nearest to `n` elements.
fn side(n: usize) -> usize {
    (n as f64).sqrt() as usize
}

/// An operand of the layout and size wanted; the second is the row where one is repeated.
fn operand<T: Element>(cell: &Cell, second: bool) -> Result<Array<T>>
where
    f64: CastTo<T>,
{
    let (n, side, seed) = (cell.n, side(cell.n), 1 + second as u64);
    match cell.layout {
        Layout::Contiguous => values(&[n], seed),
        Layout::Strided => values(&[2 * n], seed)?.slice(s![..;2]),
        Layout::Row if second => values(&[side], seed),
        Layout::Row => values(&[side, side], seed),
        Layout::Transposed if second => values(&[side, side], seed),
        Layout::Transposed => Ok(values(&[side, side], seed)?.t()),
    }
}

fn unary<T: Element, O: Element + Default>(
    setup: &Setup<'_>,
    out: fn(&Array<T>, &mut Array<O>) -> Result<()>,
    fresh: fn(&Array<T>) -> Array<O>,
    plain: impl Fn(T) -> O + Copy + Send + Sync + 'static,
) -> Result<Vec<Contender<'static>>, Failure>
where
    f64: CastTo<T>,
{
    let Setup { cell, python, .. } = *setup;
    let x: Array<T> = operand(cell, false)?;
    let lent = x.to_py()?;
    let numpy = &python.numpy;
    let theirs_out = numpypy::py!(numpy.zeros(x.shape(), O::DTYPE.name()))?;
    let mine = x.clone();
    if cell.fresh {
        let ours = Contender::new("ours", move || drop(std::hint::black_box(fresh(&mine))));
        let mut contenders = vec![ours, python.contender(&cell.function, vec![lent], None)?];
        if setup.rivals {
            let from = ndarray::Array1::from(x.to_vec());
            let map = move || drop(std::hint::black_box(from.mapv(plain)));
            contenders.push(Contender::new("ndarray", map));
        }
        return Ok(contenders);
    }
    let mut result: Array<O> = zeros(x.shape())?;
    let ours = Contender::new("ours", move || out(&mine, &mut result).expect("shapes and dtypes fit"));
    let theirs = python.contender(&cell.function, vec![lent.clone()], Some(theirs_out.clone()))?;
    let mut contenders = vec![ours, theirs];
    if !setup.rivals {
        return Ok(contenders);
    }
    if T::DTYPE == O::DTYPE {
        let expression = expression(&cell.function);
        contenders.push(python.numexpr(expression, &[lent], &theirs_out, cell.threads)?);
    }
    let (from, n) = (ndarray::Array1::from(x.to_vec()), x.len());
    let mut to = ndarray::Array1::<O>::default(n);
    if cell.threads > 1 {
        contenders.push(Contender::new("ndarray", move || {
            ndarray::Zip::from(&mut to).and(&from).par_for_each(|y, &x| *y = plain(x));
        }));
        return Ok(contenders);
    }
    let (slice, mut result) = (x.to_vec(), vec![O::ZERO; n]);
    let (vector, mut image) = (slice.clone(), nalgebra::DVector::from_element(n, O::ZERO));
    contenders.extend([
        Contender::new("ndarray", move || {
            ndarray::Zip::from(&mut to).and(&from).for_each(|y, &x| *y = plain(x))
        }),
        Contender::new("nalgebra", move || {
            let vector = nalgebra::DVectorView::from_slice(&vector, n);
            image.zip_apply(&vector, |y, x| *y = plain(x));
        }),
        Contender::new("plain loop", move || {
            result.iter_mut().zip(&slice).for_each(|(y, &x)| *y = plain(x));
            std::hint::black_box(&mut result);
        }),
    ]);
    Ok(contenders)
}

/// ndarray's own operator.
type Operator<T> = fn(&ndarray::Array1<T>, &ndarray::Array1<T>) -> ndarray::Array1<T>;
/// Two operands, into an array that is there.
type BinaryOut<T, O> = fn(&Array<T>, &Array<T>, &mut Array<O>) -> Result<()>;

fn binary<T: Element, O: Element + Default>(
    setup: &Setup<'_>,
    out: BinaryOut<T, O>,
    fresh: fn(&Array<T>, &Array<T>) -> Result<Array<O>>,
    plain: impl Fn(T, T) -> O + Copy + Send + Sync + 'static,
    operator: Option<Operator<T>>,
) -> Result<Vec<Contender<'static>>, Failure>
where
    f64: CastTo<T>,
{
    let Setup { cell, python, .. } = *setup;
    let (x, y): (Array<T>, Array<T>) = (operand(cell, false)?, operand(cell, true)?);
    let (lent_x, lent_y) = (x.to_py()?, y.to_py()?);
    let numpy = &python.numpy;
    let theirs_out = numpypy::py!(numpy.zeros(x.shape(), O::DTYPE.name()))?;
    let (my_x, my_y) = (x.clone(), y.clone());
    if cell.fresh {
        let ours = Contender::new("ours", move || drop(std::hint::black_box(fresh(&my_x, &my_y))));
        let mut contenders = vec![ours, python.contender(&cell.function, vec![lent_x, lent_y], None)?];
        if let (true, Some(operator)) = (setup.rivals, operator) {
            let (a, b) = (ndarray::Array1::from(x.to_vec()), ndarray::Array1::from(y.to_vec()));
            let apply = move || drop(std::hint::black_box(operator(&a, &b)));
            contenders.push(Contender::new("ndarray", apply));
        }
        return Ok(contenders);
    }
    let mut result: Array<O> = zeros(x.shape())?;
    let ours = Contender::new("ours", move || out(&my_x, &my_y, &mut result).expect("shapes and dtypes fit"));
    let operands = vec![lent_x, lent_y];
    let theirs = python.contender(&cell.function, operands.clone(), Some(theirs_out.clone()))?;
    let mut contenders = vec![ours, theirs];
    if !setup.rivals {
        return Ok(contenders);
    }
    if T::DTYPE == O::DTYPE {
        contenders.push(python.numexpr(expression(&cell.function), &operands, &theirs_out, cell.threads)?);
    }
    let (a, b, n) = (ndarray::Array1::from(x.to_vec()), ndarray::Array1::from(y.to_vec()), x.len());
    let mut to = ndarray::Array1::<O>::default(n);
    if cell.threads > 1 {
        contenders.push(Contender::new("ndarray", move || {
            ndarray::Zip::from(&mut to).and(&a).and(&b).par_for_each(|z, &x, &y| *z = plain(x, y));
        }));
        return Ok(contenders);
    }
    let (slices, mut result) = ((x.to_vec(), y.to_vec()), vec![O::ZERO; n]);
    let (vectors, mut image) = (slices.clone(), nalgebra::DVector::from_element(n, O::ZERO));
    contenders.extend([
        Contender::new("ndarray", move || {
            ndarray::Zip::from(&mut to).and(&a).and(&b).for_each(|z, &x, &y| *z = plain(x, y));
        }),
        Contender::new("nalgebra", move || {
            let x = nalgebra::DVectorView::from_slice(&vectors.0, n);
            let y = nalgebra::DVectorView::from_slice(&vectors.1, n);
            image.zip_zip_apply(&x, &y, |z, x, y| *z = plain(x, y));
        }),
        Contender::new("plain loop", move || {
            let operands = slices.0.iter().zip(&slices.1);
            result.iter_mut().zip(operands).for_each(|(z, (&x, &y))| *z = plain(x, y));
            std::hint::black_box(&mut result);
        }),
    ]);
    Ok(contenders)
}

/// What numexpr calls a function.
fn expression(function: &str) -> &'static str {
    match function {
        "sin" => "sin(x)",
        "cos" => "cos(x)",
        "exp" => "exp(x)",
        "log" => "log(x)",
        "sqrt" => "sqrt(x)",
        "absolute" => "abs(x)",
        "negative" => "-x",
        "add" => "x + y",
        "subtract" => "x - y",
        "multiply" => "x * y",
        "divide" => "x / y",
        other => unreachable!("{other} has no expression here"),
    }
}

macro_rules! cases {
    ($(unary $name:ident: $([$($type:ty),*] -> $out:ident)*, |$x:ident| $plain:expr;)*
     $(binary $b_name:ident: $([$($b_type:ty),*] -> $b_out:ident)*, |$a:ident, $b:ident| $b_plain:expr;)*) => {
        /// All functions on all their dtypes.
        pub(crate) fn all() -> Vec<Case> {
            vec![
                $($($(cases! { @unary $name, $type, $out, |$x| $plain },)*)*)*
                $($($(cases! { @binary $b_name, $b_type, $b_out, |$a, $b| $b_plain },)*)*)*
            ]
        }
    };
    (@unary $name:ident, $type:ty, $out:ident, |$x:ident| $plain:expr) => {
        Case {
            function: stringify!($name),
            dtype: <$type as Element>::DTYPE.name(),
            operands: 1,
            prepare: |setup| {
                type Out = output!($out, $type);
                #[allow(clippy::unnecessary_cast, reason = "of integers it is one")]
                unary::<$type, Out>(
                    setup,
                    |x, out| crate::ours::$name::out(x, out),
                    |x| crate::ours::$name(x),
                    |$x| { let $x = $x as Out; $plain },
                )
            },
        }
    };
    (@binary $name:ident, $type:ty, $out:ident, |$a:ident, $b:ident| $plain:expr) => {
        Case {
            function: stringify!($name),
            dtype: <$type as Element>::DTYPE.name(),
            operands: 2,
            prepare: |setup| {
                type Out = output!($out, $type);
                #[allow(clippy::unnecessary_cast, reason = "of integers it is one")]
                binary::<$type, Out>(
                    setup,
                    |x, y, out| crate::ours::$name::out(x, y, out),
                    |x, y| crate::ours::$name(x, y),
                    |$a, $b| { let ($a, $b) = ($a as Out, $b as Out); $plain },
                    operator!($out, |$a, $b| $plain),
                )
            },
        }
    };
}

/// The same expression, of ndarray's arrays, where the dtype stays the same.
macro_rules! operator {
    (same, |$a:ident, $b:ident| $plain:expr) => {
        Some(|$a, $b| $plain)
    };
    (f64, $($_:tt)*) => {
        None
    };
}

macro_rules! output {
    (same, $type:ty) => {
        $type
    };
    (f64, $type:ty) => {
        f64
    };
}

cases! {
    unary sin: [f32, f64] -> same [i64] -> f64, |x| x.sin();
    unary cos: [f32, f64] -> same, |x| x.cos();
    unary exp: [f32, f64] -> same, |x| x.exp();
    unary log: [f32, f64] -> same, |x| x.ln();
    unary sqrt: [f32, f64] -> same, |x| x.sqrt();
    unary absolute: [f32, f64, i32, i64] -> same, |x| x.abs();
    unary negative: [f32, f64, i32, i64] -> same, |x| -x;
    binary add: [f32, f64, i32, i64] -> same, |a, b| a + b;
    binary subtract: [f32, f64, i32, i64] -> same, |a, b| a - b;
    binary multiply: [f32, f64, i32, i64] -> same, |a, b| a * b;
    binary divide: [f32, f64] -> same [i32, i64] -> f64, |a, b| a / b;
}
