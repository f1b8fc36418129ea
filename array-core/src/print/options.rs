//! How arrays are printed: NumPy's print options.

/// How arrays are printed, as by NumPy's `set_printoptions`.
///
/// ```
/// # use array_core::PrintOptions;
/// let options = PrintOptions::default().precision(3).line_width(100);
/// assert_eq!((options.precision, options.line_width), (3, 100));
/// assert_eq!(options.threshold, 1000);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrintOptions {
    /// Digits after the decimal point; whether fewer may be written, [`float_mode`](Self::float_mode) says. 8 by
    /// default.
    pub precision: usize,
    /// Arrays with more elements than this are summarised, the middle of their long axes written
    /// `...`. 1000 by default.
    pub threshold: usize,
    /// Elements written at each end of an axis in a summary. 3 by default.
    pub edge_items: usize,
    /// Characters in a line, at most, unless one element takes more. 75 by default.
    pub line_width: usize,
    /// Whether to write small numbers without an exponent, as zero if `precision` does not reach
    /// them. `false` by default.
    pub suppress: bool,
    /// What stands before numbers that are not negative: nothing, by default.
    pub sign: PrintSign,
    /// How many of the digits that [`precision`](Self::precision) allows are written: by default, as many as tell
    /// a number from all others of its type.
    pub float_mode: FloatMode,
}

/// What stands before numbers that are not negative: NumPy's `sign`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintSign {
    /// Nothing: `"-"`.
    #[default]
    Negative,
    /// A plus: `"+"`.
    Always,
    /// A space: `" "`.
    Space,
}

/// How many decimals floating-point numbers have: NumPy's `floatmode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FloatMode {
    /// So many as the precision says, all of them digits of the exact value: `"fixed"`.
    Fixed,
    /// As many as tell a number from all others of its type, whatever the precision: `"unique"`.
    Unique,
    /// As `Unique`, but no more than the precision: `"maxprec"`.
    #[default]
    MaxPrec,
    /// As `MaxPrec`, and all numbers of an array have as many as the longest: `"maxprec_equal"`.
    MaxPrecEqual,
}

impl Default for PrintOptions {
    fn default() -> Self {
        PrintOptions {
            precision: 8,
            threshold: 1000,
            edge_items: 3,
            line_width: 75,
            suppress: false,
            sign: PrintSign::default(),
            float_mode: FloatMode::default(),
        }
    }
}

impl PrintOptions {
    /// Writes at most so many digits after the decimal point.
    #[must_use]
    pub fn precision(mut self, digits: usize) -> Self {
        self.precision = digits;
        self
    }

    /// Summarises arrays of more than so many elements.
    #[must_use]
    pub fn threshold(mut self, elements: usize) -> Self {
        self.threshold = elements;
        self
    }

    /// Writes so many elements at each end of a summarised axis.
    #[must_use]
    pub fn edge_items(mut self, elements: usize) -> Self {
        self.edge_items = elements;
        self
    }

    /// Wraps lines at so many characters.
    #[must_use]
    pub fn line_width(mut self, characters: usize) -> Self {
        self.line_width = characters;
        self
    }

    /// Whether to write small numbers without an exponent.
    #[must_use]
    pub fn suppress(mut self, suppress: bool) -> Self {
        self.suppress = suppress;
        self
    }

    /// What stands before numbers that are not negative.
    #[must_use]
    pub fn sign(mut self, sign: PrintSign) -> Self {
        self.sign = sign;
        self
    }

    /// How many decimals floating-point numbers have.
    #[must_use]
    pub fn float_mode(mut self, mode: FloatMode) -> Self {
        self.float_mode = mode;
        self
    }
}
