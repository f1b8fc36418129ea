//! A fixed set of calls, for counting instructions: `benches/instructions/check` runs it under
//! callgrind, which counts the same on any day however busy the machine is.
//!
//! Each case is a function of its own that is not inlined, so that callgrind tells them apart.

use std::hint::black_box;

use numpypy::{
    Array, abs, add, arange, cos, divide, exp, linspace, log, multiply, negative, s, sin, sqrt, zeros,
};

/// Runs a case twice, so that what is done only once does not weigh much.
macro_rules! cases {
    ($($name:ident: $type:ty = $setup:expr, |$operands:ident| $call:expr;)*) => {$({
        #[inline(never)]
        fn $name($operands: &mut $type) {
            // Its name, so that the compiler does not make one of two that are alike.
            let _ = black_box((stringify!($name), $call));
        }
        let mut operands = $setup;
        $name(&mut operands);
        $name(&mut operands);
    })*};
}

type Doubles = (Array<f64>, Array<f64>);
type Singles = (Array<f32>, Array<f32>);

fn numbers(n: usize) -> Array<f64> {
    linspace(0.5, 20.0, n).expect("a small array")
}

fn singles(n: usize) -> Array<f32> {
    numbers(n).astype()
}

fn with_out(n: usize) -> Doubles {
    (numbers(n), zeros(n).expect("a small array"))
}

fn with_out_f32(n: usize) -> Singles {
    (singles(n), zeros(n).expect("a small array"))
}

fn main() {
    // What is done once in a process: finding the instruction set.
    black_box(sin(&numbers(1)));
    cases! {
        sin_f64_10k: Doubles = with_out(10_000), |o| sin::out(&o.0, &mut o.1);
        cos_f64_10k: Doubles = with_out(10_000), |o| cos::out(&o.0, &mut o.1);
        exp_f64_10k: Doubles = with_out(10_000), |o| exp::out(&o.0, &mut o.1);
        log_f64_10k: Doubles = with_out(10_000), |o| log::out(&o.0, &mut o.1);
        sqrt_f64_10k: Doubles = with_out(10_000), |o| sqrt::out(&o.0, &mut o.1);
        abs_f64_10k: Doubles = with_out(10_000), |o| abs::out(&o.0, &mut o.1);
        sin_f32_10k: Singles = with_out_f32(10_000), |o| sin::out(&o.0, &mut o.1);
        exp_f32_10k: Singles = with_out_f32(10_000), |o| exp::out(&o.0, &mut o.1);
        log_f32_10k: Singles = with_out_f32(10_000), |o| log::out(&o.0, &mut o.1);
        add_f64_10k: Doubles = with_out(10_000), |o| add::out(&o.0, 1.5, &mut o.1);
        multiply_f32_10k: Singles = with_out_f32(10_000), |o| multiply::out(&o.0, &o.0, &mut o.1);
        sin_i64_10k: (Array<i64>, Array<f64>) = (arange(10_000i64).expect("a small array"), with_out(10_000).1),
            |o| sin::out(&o.0, &mut o.1);
        sin_strided_10k: Doubles = (numbers(20_000).slice(s![..;2]).expect("a view"), with_out(10_000).1),
            |o| sin::out(&o.0, &mut o.1);
        add_transposed_100x100: Array<f64> = numbers(10_000).reshape([100, 100]).expect("as many"), |a| add(&*a, a.t());
        add_row_100x100: Doubles = (numbers(10_000).reshape([100, 100]).expect("as many"), numbers(100)), |o| add(&o.0, &o.1);
        add_f64_out_10: Doubles = with_out(10), |o| add::out(&o.0, &o.0, &mut o.1);
        sin_f64_out_10: Doubles = with_out(10), |o| sin::out(&o.0, &mut o.1);
        negative_f64_fresh_10: Array<f64> = numbers(10), |a| negative(&*a);
        divide_f64_fresh_10: Array<f64> = numbers(10), |a| divide(&*a, &*a);
        add_scalar_owned_10: Array<f64> = numbers(10), |a| *a = std::mem::replace(a, numbers(0)) + 1.0;
        slice_10: Array<f64> = numbers(10), |a| a.slice(s![1..-1;2]);
    }
}
