//! That every ufunc of NumPy is here, with every loop it has: the dtypes it takes and gives. What NumPy lists
//! at run time (`np.sin.types`) must be in this table, and that the table is true the compiler checks.
//!
//! Not here are long doubles, objects, dates and times, and the ufuncs of whole vectors.

#![cfg(feature = "python")]

use std::collections::BTreeMap;

use numpypy::foreign::builtin;
use numpypy::{Array, DType, Element, Result, complex64, complex128, f16, import, require};

/// What a function gives, whether it can fail or not.
trait Given {
    type Value;
    fn value(self) -> Self::Value;
}

impl<T: Element> Given for Array<T> {
    type Value = Array<T>;
    fn value(self) -> Array<T> {
        self
    }
}

impl<A, B> Given for (A, B) {
    type Value = (A, B);
    fn value(self) -> (A, B) {
        self
    }
}

impl<T> Given for Result<T> {
    type Value = T;
    fn value(self) -> T {
        self.expect("never called")
    }
}

/// NumPy's letter for a dtype.
fn letter<T: Element>() -> char {
    match T::DTYPE {
        DType::Bool => '?',
        DType::Int8 => 'b',
        DType::Int16 => 'h',
        DType::Int32 => 'i',
        DType::Int64 => 'l',
        DType::UInt8 => 'B',
        DType::UInt16 => 'H',
        DType::UInt32 => 'I',
        DType::UInt64 => 'L',
        DType::Float16 => 'e',
        DType::Float32 => 'f',
        DType::Float64 => 'd',
        DType::Complex64 => 'F',
        DType::Complex128 => 'D',
        other => panic!("{other} has no letter"),
    }
}

macro_rules! loops {
    ($($operands:ident of $types:tt => $out:tt: $($function:ident)*;)*) => {
        #[allow(dead_code, reason = "for the compiler to check, not to run")]
        fn compiled() {
            $(loops! { @each $operands $out $types [$($function)*] })*
        }

        fn table() -> BTreeMap<&'static str, Vec<String>> {
            let mut table = BTreeMap::<_, Vec<String>>::new();
            $($(table.entry(stringify!($function)).or_default().extend(loops!(@names $operands $out $types));)*)*
            table
        }
    };
    (@each $operands:ident $out:tt [$($type:ident)*] $functions:tt) => {
        $(loops! { @type $operands $out $type $functions })*
    };
    (@type one $out:tt $type:ident [$($function:ident)*]) => {
        $(let _ = |a: Array<$type>| -> Array<loops!(@out $out $type)> { numpypy::$function(&a).value() };)*
    };
    (@type two $out:tt $type:ident [$($function:ident)*]) => {
        $(let _ = |a: Array<$type>, b: Array<$type>| -> Array<loops!(@out $out $type)> {
            numpypy::$function(&a, &b).value()
        };)*
    };
    (@type parts $out:tt $type:ident [$($function:ident)*]) => {
        $(let _ = |a: Array<$type>| -> (Array<$type>, Array<loops!(@out $out $type)>) {
            numpypy::$function(&a).value()
        };)*
    };
    (@type both $out:tt $type:ident [$($function:ident)*]) => {
        $(let _ = |a: Array<$type>, b: Array<$type>| -> (Array<$type>, Array<loops!(@out $out $type)>) {
            numpypy::$function(&a, &b).value()
        };)*
    };
    (@type scaled $out:tt $type:ident [$($function:ident)*]) => {
        $(
            let _ = |a: Array<$type>, b: Array<i32>| -> Array<$type> { numpypy::$function(&a, &b).value() };
            let _ = |a: Array<$type>, b: Array<i64>| -> Array<$type> { numpypy::$function(&a, &b).value() };
        )*
    };
    (@out same $type:ident) => { $type };
    (@out $out:ident $type:ident) => { $out };
    (@names $operands:ident $out:tt [$($type:ident)*]) => {
        [$(loops!(@name $operands letter::<$type>(), letter::<loops!(@out $out $type)>())),*].concat()
    };
    (@name one $in:expr, $out:expr) => { [format!("{}->{}", $in, $out)] };
    (@name two $in:expr, $out:expr) => { [format!("{}{}->{}", $in, $in, $out)] };
    (@name parts $in:expr, $out:expr) => { [format!("{}->{}{}", $in, $in, $out)] };
    (@name both $in:expr, $out:expr) => { [format!("{}{}->{}{}", $in, $in, $in, $out)] };
    (@name scaled $in:expr, $out:expr) => { [format!("{}i->{}", $in, $in), format!("{}l->{}", $in, $in)] };
}
loops! {
    one of [bool i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64] => same: absolute ceil floor trunc;
    one of [complex64] => f32: absolute;
    one of [complex128] => f64: absolute;
    one of [i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 complex64 complex128] => same:
        conjugate negative positive reciprocal sign square;
    one of [f16 f32 f64 complex64 complex128] => same:
        arccos arccosh arcsin arcsinh arctan arctanh cos cosh exp exp2 expm1 log log10 log1p log2 rint sin sinh sqrt
        tan tanh;
    one of [f16 f32 f64] => same: cbrt deg2rad degrees fabs rad2deg radians spacing;
    one of [f16 f32 f64] => bool: signbit;
    one of [bool i8 u8 i16 u16 i32 u32 i64 u64] => same: invert;
    one of [i8 u8 i16 u16 i32 u32 i64 u64] => u8: bitwise_count;
    one of [bool i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 complex64 complex128] => bool:
        isfinite isinf isnan logical_not;
    two of [bool i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 complex64 complex128] => same:
        add fmax fmin maximum minimum multiply;
    two of [i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 complex64 complex128] => same: power subtract;
    two of [f16 f32 f64 complex64 complex128] => same: divide;
    two of [f64 complex128] => same: float_power;
    two of [f16 f32 f64] => same: arctan2 copysign heaviside hypot logaddexp logaddexp2 nextafter;
    two of [i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64] => same: floor_divide fmod remainder;
    two of [i8 u8 i16 u16 i32 u32 i64 u64] => same: gcd lcm left_shift right_shift;
    two of [bool i8 u8 i16 u16 i32 u32 i64 u64] => same: bitwise_and bitwise_or bitwise_xor;
    two of [bool i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 complex64 complex128] => bool:
        equal greater greater_equal less less_equal logical_and logical_or logical_xor not_equal;
    parts of [f16 f32 f64] => same: modf;
    parts of [f16 f32 f64] => i32: frexp;
    both of [i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64] => same: divmod;
    scaled of [f16 f32 f64] => same: ldexp;
}

/// Of every ufunc the loops in dtypes that are ours, each once; `q` and `Q` are `l` and `L` under other names.
const NUMPYS: &str = "
{name: sorted({t for t in ufunc.types if set(t) <= set('?bBhHiIlLefdFD->')})
 for name, ufunc in vars(np).items()
 if isinstance(ufunc, np.ufunc) and ufunc.__name__ == name and ufunc.signature is None and name != 'isnat'}
";

#[test]
fn every_loop_is_here() -> std::result::Result<(), Box<dyn std::error::Error>> {
    require(["numpy"])?;
    let scope = builtin("dict")?.call(())?;
    scope.set_item("np", &import("numpy")?)?;
    let theirs = builtin("eval")?.call((NUMPYS.trim(), scope))?;
    let table = table();
    let mut missing = vec![];
    for name in builtin("list")?.call((&theirs,))?.iter()? {
        let name = name?.to_string();
        let ours = table.get(&name[..]).cloned().unwrap_or_default();
        for listed in theirs.get_item(&name[..])?.iter()? {
            let listed = listed?.to_string();
            if !ours.contains(&listed) {
                missing.push(format!("{name} {listed}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    Ok(())
}
