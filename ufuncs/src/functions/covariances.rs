//! Covariances and correlations.

use array_core::{Array, Casting, Element, Error, Kind, Promote, Result, newaxis, s, scalar};

use crate::linear::number::converted;
use crate::linear::plan::shape_text;
use crate::statistics::arithmetic::{Arithmetic, Correlates};
use crate::{matmul, over};

/// The options of [`cov`](fn@cov) and [`corrcoef`](fn@corrcoef), by NumPy's names; `A` is what further variables are
/// in, an array of a dtype or of any.
///
/// ```
/// use array_core::Array;
/// use ufuncs::{Covariances, cov};
///
/// let x = Array::from([1.0f64, 2.0, 3.0]);
/// assert_eq!(cov(&x, Covariances::new().ddof(0))?.item()?, 2.0 / 3.0);
/// # Ok::<(), array_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Covariances<'a, A> {
    pub(crate) y: Option<&'a A>,
    columns: bool,
    ddof: i64,
    fweights: Option<&'a Array<i64>>,
    aweights: Option<&'a Array<f64>>,
}

impl<'a, A> Covariances<'a, A> {
    /// Variables are rows, and sums are divided by the count less one.
    #[must_use]
    pub fn new() -> Self {
        Covariances { y: None, columns: false, ddof: 1, fweights: None, aweights: None }
    }

    /// Further variables and their observations.
    #[must_use]
    pub fn y(mut self, y: &'a A) -> Self {
        self.y = Some(y);
        self
    }

    /// Whether each row is a variable (as it is if nothing is said), or each column.
    #[must_use]
    pub fn rowvar(mut self, rows: bool) -> Self {
        self.columns = !rows;
        self
    }

    /// Divides by the count.
    #[must_use]
    pub fn bias(self) -> Self {
        self.ddof(0)
    }

    /// Divides by the count less `ddof`.
    #[must_use]
    pub fn ddof(mut self, ddof: i64) -> Self {
        self.ddof = ddof;
        self
    }

    /// How often each observation was made.
    #[must_use]
    pub fn fweights(mut self, weights: &'a Array<i64>) -> Self {
        self.fweights = Some(weights);
        self
    }

    /// How much each observation counts.
    #[must_use]
    pub fn aweights(mut self, weights: &'a Array<f64>) -> Self {
        self.aweights = Some(weights);
        self
    }

    /// The same options, with further variables in another kind of array.
    #[cfg(feature = "any")]
    pub(crate) fn with_y<B>(self, y: Option<&'a B>) -> Covariances<'a, B> {
        let Covariances { columns, ddof, fweights, aweights, .. } = self;
        Covariances { y, columns, ddof, fweights, aweights }
    }
}

impl<A> Default for Covariances<'_, A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A> From<std::ops::RangeFull> for Covariances<'_, A> {
    fn from(_: std::ops::RangeFull) -> Self {
        Self::new()
    }
}

/// The dtype of covariances: `f64`, or `complex128` of complex numbers.
type Covariance<T> = <T as Promote<f64>>::Output;

/// The covariances of variables: a matrix, or a number of one variable.
///
/// Each row is a variable and each column an observation. The last argument is `..`, or [`Covariances`]
/// with options.
///
/// # Errors
/// When there are more than two dimensions, or observations, weights and their signs do not fit.
///
/// ```
/// use array_core::Array;
/// use ufuncs::cov;
///
/// let x = Array::from([0.0, 1.0, 2.0, 2.0, 1.0, 0.0]).reshape([2, 3])?;
/// assert_eq!(cov(&x, ..)?.to_vec(), [1.0, -1.0, -1.0, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn cov<'a, T>(m: &Array<T>, options: impl Into<Covariances<'a, Array<T>>>) -> Result<Array<Covariance<T>>>
where
    T: Promote<f64>,
    Covariance<T>: Correlates,
{
    let options = options.into();
    let (matrix, matrix_is_square) = covariances("cov", m, &options)?;
    // A matrix of one variable is a number.
    if matrix_is_square { Ok(matrix) } else { matrix.reshape(()) }
}

/// The correlations of variables: [`cov`](fn@cov) over the products of the standard deviations; a matrix, or a number
/// of one variable.
///
/// # Errors
/// As [`cov`](fn@cov).
///
/// ```
/// use array_core::Array;
/// use ufuncs::corrcoef;
///
/// let x = Array::from([0.0, 1.0, 2.0, 4.0, 2.0, 0.0]).reshape([2, 3])?;
/// assert_eq!(corrcoef(&x, ..)?.to_vec(), [1.0, -1.0, -1.0, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn corrcoef<'a, T>(
    m: &Array<T>,
    options: impl Into<Covariances<'a, Array<T>>>,
) -> Result<Array<Covariance<T>>>
where
    T: Promote<f64>,
    Covariance<T>: Correlates,
{
    let (mut matrix, is_square) = covariances("corrcoef", m, &options.into())?;
    if !is_square {
        return Covariance::<T>::over(&matrix, &matrix)?.reshape(());
    }
    let n = matrix.shape()[0];
    Covariance::<T>::correlate(matrix.as_slice_mut(), n);
    Ok(matrix)
}

/// The matrix of covariances, and whether it is of other than one variable.
fn covariances<T, R>(
    name: &str,
    m: &Array<T>,
    options: &Covariances<'_, Array<T>>,
) -> Result<(Array<R>, bool)>
where
    T: Element,
    R: Correlates,
{
    let mut x = variables::<T, R>(name, m, options.columns && m.ndim() != 1)?;
    if x.shape()[0] == 0 {
        return Ok((array_core::zeros([0, 0])?, true));
    }
    if let Some(y) = options.y {
        let rows = variables::<T, R>(name, y, false)?;
        let rows = if options.columns && rows.shape()[0] != 1 { rows.t() } else { rows };
        if rows.shape()[1] != x.shape()[1] {
            return Err(Error::shape(format!(
                "{name}: {} and {} observations: as many are needed of both",
                x.shape()[1],
                rows.shape()[1]
            )));
        }
        let above = x.shape()[0] as isize;
        let mut both = array_core::zeros::<R>([x.shape()[0] + rows.shape()[0], x.shape()[1]])?;
        R::put(&mut both, &s![..above], &x)?;
        R::put(&mut both, &s![above..], &rows)?;
        x = both;
    }
    if x.is_broadcast() {
        // There will be as many differences: of elements that repeat there may be more than any memory has room for,
        // and to add them up first would take for ever.
        x = x.try_contiguous()?;
    }
    let n = x.shape()[1];
    let weights = weights(name, options, n)?;
    let total: f64 = weights.iter().flatten().sum();
    let factor = match &weights {
        None => n as f64 - options.ddof as f64,
        Some(_) if options.ddof == 0 => total,
        Some(weights) => match options.aweights {
            None => total - options.ddof as f64,
            Some(aweights) => {
                let squares: f64 = weights.iter().zip(aweights.try_vec()?).map(|(w, a)| w * a).sum();
                total - options.ddof as f64 * squares / total
            }
        },
    };
    let weights = weights.map(|weights| converted::<f64, R>(Array::from_vec(weights))).transpose()?;
    let along = || over::<R>(-1).keepdims();
    let divisor = converted::<f64, R>(scalar(match &weights {
        None => n as f64,
        Some(_) if total == 0.0 => return Err(Error::value(format!("{name}: weights sum to zero"))),
        Some(_) => total,
    }))?;
    let weighted = |x: &Array<R>| match &weights {
        None => Ok(x.clone()),
        Some(weights) => R::times(x, weights),
    };
    let means = R::over(&R::total(&weighted(&x)?, along())?, &divisor)?;
    let x = R::minus(&x, &means)?;
    // A matrix by its own transpose if there are no weights and nothing to conjugate.
    let turned = match R::DTYPE.kind() {
        Kind::Complex => R::conjugated(&weighted(&x)?)?.t(),
        _ => weighted(&x)?.t(),
    };
    let products = matmul(&x, &turned)?;
    let scale = converted::<f64, R>(scalar(1.0 / factor.max(0.0)))?;
    let matrix = R::times(&products, &scale)?;
    let is_square = matrix.len() != 1;
    Ok((matrix, is_square))
}

/// Variables as rows, in the dtype of covariances.
fn variables<T: Element, R: Element>(name: &str, m: &Array<T>, columns: bool) -> Result<Array<R>> {
    let rows = match m.ndim() {
        0 => m.reshape([1, 1])?,
        1 => m.slice(s![newaxis, ..])?,
        2 if columns => m.t(),
        2 => m.clone(),
        _ => {
            return Err(Error::shape(format!(
                "{name}: an array of shape {} has more than 2 dimensions",
                shape_text(m.shape())
            )));
        }
    };
    converted(rows)
}

/// What each observation counts, if there are weights.
fn weights<A>(name: &str, options: &Covariances<'_, A>, n: usize) -> Result<Option<Vec<f64>>> {
    let mut product: Option<Vec<f64>> = None;
    let frequencies = match options.fweights {
        Some(weights) => Some(("fweights", weights.astype_with::<f64>(Casting::Unsafe)?)),
        None => None,
    };
    for (kind, weights) in frequencies.into_iter().chain(options.aweights.map(|w| ("aweights", w.clone()))) {
        if weights.shape() != [n] {
            return Err(Error::shape(format!(
                "{name}: {kind} of shape {} for {n} observations",
                shape_text(weights.shape())
            )));
        }
        let weights = weights.try_vec()?;
        if weights.iter().any(|&weight| weight < 0.0) {
            return Err(Error::value(format!("{name}: {kind} must not be negative")));
        }
        product = Some(match product {
            None => weights,
            Some(other) => other.iter().zip(&weights).map(|(a, b)| a * b).collect(),
        });
    }
    Ok(product)
}
