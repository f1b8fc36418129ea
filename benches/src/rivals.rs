//! Others that can do the same: numexpr, ndarray, nalgebra and a plain loop, for a few functions of floats.

use numpypy::Result;

use crate::Failure;
use crate::cases::Setup;
use crate::clock::Contender;
use crate::record::Layout;
use crate::values::Sample;

type Contenders = Result<Vec<Contender<'static>>, Failure>;

macro_rules! rivals {
    (one { $($one:ident $one_text:literal |$x:ident| $of_one:expr;)* }
     two { $($two:ident $two_text:literal |$a:ident, $b:ident| $of_two:expr;)* }) => {
        /// Functions that rivals have.
        const NAMES: &[&str] = &[$(stringify!($one),)* $(stringify!($two)),*];

        /// The rivals for a cell.
        fn prepare(setup: &Setup<'_>) -> Contenders {
            match (&*setup.cell.function, &*setup.cell.dtype) {
                $((stringify!($one), "float32") => one::<f32>(setup, $one_text, |$x| $of_one),
                  (stringify!($one), "float64") => one::<f64>(setup, $one_text, |$x| $of_one),)*
                $((stringify!($two), "float32") => two::<f32>(setup, $two_text, |$a, $b| $of_two, |$a, $b| $of_two),
                  (stringify!($two), "float64") => two::<f64>(setup, $two_text, |$a, $b| $of_two, |$a, $b| $of_two),)*
                _ => Ok(Vec::new()),
            }
        }
    };
}
rivals! {
    one {
    sin "sin(x)" |x| x.sin();
    cos "cos(x)" |x| x.cos();
    exp "exp(x)" |x| x.exp();
    log "log(x)" |x| x.ln();
    sqrt "sqrt(x)" |x| x.sqrt();
    absolute "abs(x)" |x| x.abs();
    negative "-x" |x| -x;
    }
    two {
    add "x + y" |a, b| a + b;
    subtract "x - y" |a, b| a - b;
    multiply "x * y" |a, b| a * b;
    divide "x / y" |a, b| a / b;
    }
}

/// The rivals that take part in a cell.
pub(crate) fn rivals(setup: &Setup<'_>) -> Contenders {
    let cell = setup.cell;
    let wanted = NAMES.contains(&&*cell.function)
        && cell.layout == Layout::Contiguous
        && [100_000, 10_000_000].contains(&cell.n);
    if wanted { prepare(setup) } else { Ok(Vec::new()) }
}

fn one<T: Sample + Default>(
    setup: &Setup<'_>,
    expression: &'static str,
    plain: impl Fn(T) -> T + Copy + Send + Sync + 'static,
) -> Contenders {
    let x = setup.operand::<T>(0)?;
    let n = x.array.len();
    let from = ndarray::Array1::from(x.array.to_vec());
    if setup.cell.fresh {
        let map = move || drop(std::hint::black_box(from.mapv(plain)));
        return Ok(vec![Contender::new("ndarray", map)]);
    }
    let out = setup.result::<T>(x.array.shape(), 0)?;
    let numexpr = setup.python.numexpr(expression, &[x.object], &out, setup.cell.threads)?;
    let mut to = ndarray::Array1::<T>::default(n);
    if setup.cell.threads > 1 {
        let zip = move || ndarray::Zip::from(&mut to).and(&from).par_for_each(|y, &x| *y = plain(x));
        return Ok(vec![numexpr, Contender::new("ndarray", zip)]);
    }
    let (slice, mut result) = (from.to_vec(), vec![T::ZERO; n]);
    let (vector, mut image) = (from.to_vec(), nalgebra::DVector::from_element(n, T::ZERO));
    Ok(vec![
        numexpr,
        Contender::new("ndarray", move || {
            ndarray::Zip::from(&mut to).and(&from).for_each(|y, &x| *y = plain(x));
        }),
        Contender::new("nalgebra", move || {
            let vector = nalgebra::DVectorView::from_slice(&vector, n);
            image.zip_apply(&vector, |y, x| *y = plain(x));
        }),
        Contender::new("plain loop", move || {
            result.iter_mut().zip(&slice).for_each(|(y, &x)| *y = plain(x));
            std::hint::black_box(&mut result);
        }),
    ])
}

/// ndarray's own operator.
type Operator<T> = fn(&ndarray::Array1<T>, &ndarray::Array1<T>) -> ndarray::Array1<T>;

fn two<T: Sample + Default>(
    setup: &Setup<'_>,
    expression: &'static str,
    plain: impl Fn(T, T) -> T + Copy + Send + Sync + 'static,
    operator: Operator<T>,
) -> Contenders {
    let (x, y) = (setup.operand::<T>(0)?, setup.operand::<T>(1)?);
    let n = x.array.len();
    let (a, b) = (ndarray::Array1::from(x.array.to_vec()), ndarray::Array1::from(y.array.to_vec()));
    if setup.cell.fresh {
        let apply = move || drop(std::hint::black_box(operator(&a, &b)));
        return Ok(vec![Contender::new("ndarray", apply)]);
    }
    let out = setup.result::<T>(x.array.shape(), 0)?;
    let numexpr = setup.python.numexpr(expression, &[x.object, y.object], &out, setup.cell.threads)?;
    let mut to = ndarray::Array1::<T>::default(n);
    if setup.cell.threads > 1 {
        let zip =
            move || ndarray::Zip::from(&mut to).and(&a).and(&b).par_for_each(|z, &x, &y| *z = plain(x, y));
        return Ok(vec![numexpr, Contender::new("ndarray", zip)]);
    }
    let (slices, mut result) = ((a.to_vec(), b.to_vec()), vec![T::ZERO; n]);
    let (vectors, mut image) = (slices.clone(), nalgebra::DVector::from_element(n, T::ZERO));
    Ok(vec![
        numexpr,
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
    ])
}
