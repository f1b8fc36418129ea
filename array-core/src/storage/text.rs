//! Tables of numbers as text.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::{Array, Error, Result};

/// Decimals that Rust's formatting takes.
const MOST_DECIMALS: usize = u16::MAX as usize;

/// How [`loadtxt`] reads and [`savetxt`] writes: NumPy's defaults, to be changed one by one.
#[derive(Clone, Debug)]
pub struct TextOptions {
    /// What stands between the numbers of a row; `None` is any white space (written as one space).
    pub delimiter: Option<char>,
    /// What begins a comment, which ends with the line.
    pub comments: char,
    /// How many lines to pass over at the beginning, comments among them.
    pub skiprows: usize,
    /// Which columns to read, in this order; `None` for all. Negative ones count from the end.
    pub usecols: Option<Vec<isize>>,
    /// How many rows to read at most.
    pub max_rows: Option<usize>,
    /// How many decimals to write, in scientific notation, 65535 at most; `None` for as many as it takes to read the same number back.
    pub decimals: Option<usize>,
    /// A comment to write first.
    pub header: String,
}

impl Default for TextOptions {
    fn default() -> Self {
        TextOptions {
            delimiter: None,
            comments: '#',
            skiprows: 0,
            usecols: None,
            max_rows: None,
            decimals: Some(18),
            header: String::new(),
        }
    }
}

/// Reads a table of numbers: an axis of rows and one of columns; of a single row or column a vector, of a
/// single number a 0-d array, as NumPy's `loadtxt` does.
///
/// ```
/// # use array_core::{array, loadtxt, savetxt, TextOptions};
/// # let path = std::env::temp_dir().join(format!("numpypy-doc-{}.csv", std::process::id()));
/// let options = TextOptions { delimiter: Some(','), ..TextOptions::default() };
/// savetxt(&path, &array![[1.0, 2.5], [3.0, 4.0]], &options)?;
/// assert_eq!(loadtxt(&path, &options)?, array![[1.0, 2.5], [3.0, 4.0]]);
/// # std::fs::remove_file(&path).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the file cannot be read, something is no number, or rows have different lengths; the error names the
/// file, the line and the column.
pub fn loadtxt(path: impl AsRef<Path>, options: &TextOptions) -> Result<Array<f64>> {
    let path = path.as_ref();
    fs::read_to_string(path)
        .map_err(Error::io)
        .and_then(|text| parsed(&text, options))
        .map_err(|error| error.at(path))
}

fn parsed(text: &str, options: &TextOptions) -> Result<Array<f64>> {
    let mut numbers = Vec::new();
    let (mut rows, mut columns) = (0, None);
    for (number, line) in text.lines().enumerate().skip(options.skiprows) {
        if options.max_rows.is_some_and(|most| rows >= most) {
            break;
        }
        let line = line.split(options.comments).next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        let fields: Vec<&str> = match options.delimiter {
            Some(delimiter) => line.split(delimiter).map(str::trim).collect(),
            None => line.split_whitespace().collect(),
        };
        let chosen: Vec<usize> = match &options.usecols {
            None => (0..fields.len()).collect(),
            Some(wanted) => wanted
                .iter()
                .map(|&i| crate::index::position(i, fields.len(), 1))
                .collect::<Result<_>>()
                .map_err(|error| Error::format(format!("line {}: {error}", number + 1)))?,
        };
        if *columns.get_or_insert(chosen.len()) != chosen.len() {
            return Err(Error::format(format!(
                "line {} has {} number(s), the lines before have {}",
                number + 1,
                chosen.len(),
                columns.unwrap_or(0)
            )));
        }
        for i in chosen {
            numbers.push(fields[i].parse().map_err(|_| {
                Error::format(format!("line {}, column {}: {:?} is no number", number + 1, i + 1, fields[i]))
            })?);
        }
        rows += 1;
    }
    let table = Array::from_vec(numbers);
    match (rows, columns.unwrap_or(0)) {
        (0, _) => Ok(table),
        (1, 1) => table.reshape(()),
        (1, _) | (_, 1) => Ok(table),
        (rows, columns) => table.reshape([rows, columns]),
    }
}

/// Writes a table of numbers, a line for each row; a vector as one column.
///
/// ```
/// # use array_core::{TextOptions, array, savetxt};
/// # let folder = std::env::temp_dir().join(format!("numpypy-text-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.txt");
/// let options = TextOptions { decimals: Some(2), header: "x y".into(), ..TextOptions::default() };
/// savetxt(&path, &array![[1.0, 2.5], [3.0, 40.0]], &options)?;
/// let text = std::fs::read_to_string(&path).unwrap();
/// assert_eq!(text, "# x y\n1.00e+00 2.50e+00\n3.00e+00 4.00e+01\n");
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has more than two axes, there are to be more than 65535 decimals, there is no memory, or the file
/// cannot be written; the error names it.
pub fn savetxt(path: impl AsRef<Path>, a: &Array<f64>, options: &TextOptions) -> Result<()> {
    let path = path.as_ref();
    let columns = match a.shape() {
        [] | [_] => 1,
        &[_, columns] => columns,
        shape => {
            return Err(Error::shape(format!(
                "text has rows and columns, the array is of shape {}",
                crate::error::Shape(shape)
            )));
        }
    };
    if let Some(decimals) = options.decimals.filter(|&decimals| decimals > MOST_DECIMALS) {
        return Err(Error::value(format!(
            "savetxt writes at most {MOST_DECIMALS} decimals, not {decimals}: a float never has as many"
        )));
    }
    let values = a.try_vec()?;
    let mut text = String::new();
    for line in options.header.lines() {
        let _ = writeln!(text, "{} {line}", options.comments);
    }
    let delimiter = options.delimiter.unwrap_or(' ');
    for row in values.chunks(columns.max(1)) {
        for (i, x) in row.iter().enumerate() {
            if i > 0 {
                text.push(delimiter);
            }
            text.push_str(&written(*x, options.decimals));
        }
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| Error::io(error).at(path))
}

/// A number as C's `%.18e` writes it, or as short as it can be.
fn written(x: f64, decimals: Option<usize>) -> String {
    let Some(decimals) = decimals else { return format!("{x:?}").replace("NaN", "nan") };
    if !x.is_finite() {
        return format!("{x}").replace("NaN", "nan");
    }
    let text = format!("{x:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation has an exponent");
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}e{sign}{digits:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_in_numpys_shapes() {
        let options = TextOptions::default();
        let shape = |text: &str| parsed(text, &options).unwrap().shape().to_vec();
        assert_eq!(shape("1 2\n3 4\n"), [2, 2]);
        assert_eq!(shape("# a comment\n\n1 2 # another\n"), [2]);
        assert_eq!(shape("1\n2\n3"), [3]);
        assert!(shape("7").is_empty());
        assert_eq!(shape(""), [0]);
        let some =
            TextOptions { usecols: Some(vec![-1, 0]), skiprows: 1, max_rows: Some(1), ..options.clone() };
        assert_eq!(parsed("x y z\n1 2 nan\n4 5 6", &some).unwrap().to_vec()[1], 1.0);
        assert!(parsed("1 2\n3", &options).unwrap_err().to_string().contains("line 2 has 1"));
        assert!(parsed("1 2\n3 x", &options).unwrap_err().to_string().contains("line 2, column 2: \"x\""));
    }

    #[test]
    fn numbers_are_written_as_c_does() {
        assert_eq!(written(0.1, Some(18)), "1.000000000000000056e-01");
        assert_eq!(written(-2.5e100, Some(2)), "-2.50e+100");
        assert_eq!(written(f64::NAN, Some(2)), "nan");
        assert_eq!(written(f64::NEG_INFINITY, Some(2)), "-inf");
        assert_eq!(written(0.1, None), "0.1");
    }
}
