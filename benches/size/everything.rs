//! Every function on every dtype that it takes, so that all of their code is in this program:
//! `benches/size/check` measures how large that is and how long it takes to build.

use std::hint::black_box;

use numpypy::{Array, Element, complex64, complex128, f16};

/// An operand; what is computed is of no account.
fn some<T: Element>() -> Array<T> {
    black_box(numpypy::zeros(3).expect("a small array"))
}

/// Each name on each dtype: a function for each name, as one of all the calls would take a seventh of the compiler's
/// time by its own length.
macro_rules! each {
    ($call:ident: [$($name:ident)*] $types:tt) => {$({
        #[inline(never)]
        fn on_each_dtype() {
            $call!($name $types);
        }
        on_each_dtype();
    })*};
}
macro_rules! one {
    ($name:ident [$($type:ident)*]) => {
        $(drop(black_box(numpypy::$name(&some::<$type>())));)*
    };
}
macro_rules! two {
    ($name:ident [$($type:ident)*]) => {
        $(drop(black_box(numpypy::$name(&some::<$type>(), &some::<$type>())));)*
    };
}
macro_rules! reduction {
    ($name:ident [$($type:ident)*]) => {
        $(drop(black_box(numpypy::$name(&some::<$type>(), black_box(0))));)*
    };
}

fn main() {
    each! { one:
        [exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh
         sqrt cbrt degrees radians]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64]
    }
    each! { one:
        [fabs rint spacing modf frexp]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64]
    }
    each! { one:
        [absolute square logical_not isnan isinf isfinite conjugate real imag nan_to_num]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64]
    }
    each! { one:
        [negative positive sign reciprocal floor ceil trunc signbit]
        [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64]
    }
    each! { one: [absolute negative sign isnan isinf isfinite conjugate real imag logical_not] [complex64 complex128] }
    each! { one: [invert] [bool i8 i16 i32 i64 u8 u16 u32 u64] }
    each! { one: [bitwise_count] [i8 i16 i32 i64 u8 u16 u32 u64] }
    each! { two:
        [add multiply divide maximum minimum fmax fmin equal not_equal less less_equal greater greater_equal
         logical_and logical_or logical_xor]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128]
    }
    each! { two: [subtract] [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] }
    each! { two:
        [floor_divide remainder fmod divmod hypot arctan2 logaddexp logaddexp2 copysign heaviside nextafter]
        [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64]
    }
    each! { two: [power] [f16 f32 f64] }
    each! { two: [bitwise_and bitwise_or bitwise_xor] [bool i8 i16 i32 i64 u8 u16 u32 u64] }
    each! { two: [left_shift right_shift gcd lcm] [i8 i16 i32 i64 u8 u16 u32 u64] }
    each! { reduction:
        [sum prod max min mean any all count_nonzero argmax argmin]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128]
    }
    each! { reduction: [var std] [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] }
    each! { reduction: [ptp] [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] }
    each! { reduction: [nansum nanprod nanmax nanmin nanmean nanvar nanstd] [f32 f64] }
}
