//! How long the kernels take, on arguments of a usual range.

use std::time::Instant;

use crate::Choice;
use crate::functions::{DOUBLES, DOUBLES_OF_TWO, Double, Random, Range, SINGLES, SINGLES_OF_TWO, Single};
use crate::shells::Level;

/// Elements of the arrays whose time is taken.
const N: usize = 100_000;

/// Prints a table.
pub(crate) fn print(choice: &Choice) {
    println!("| function | dtype | instruction set | ns per element |\n|---|---|---|---|");
    DOUBLES.iter().filter(|f| choice.wants(f.name)).for_each(|f| both(f, choice, &SINGLES));
    DOUBLES_OF_TWO.iter().filter(|f| choice.wants(f.name)).for_each(|f| both(f, choice, &SINGLES_OF_TWO));
}

fn both<const K: usize>(function: &Double<K>, choice: &Choice, singles: &[Single<K>]) {
    let (_, draw) = function.ranges.last().unwrap();
    if choice.double {
        double(function, *draw, &choice.levels);
    }
    if let Some(function) = singles.iter().find(|single| choice.single && single.name == function.name) {
        single(function, *draw, &choice.levels);
    }
}

fn double<const K: usize>(function: &Double<K>, draw: Range<K>, levels: &[Level]) {
    let mut random = Random(1);
    let x: Vec<[f64; K]> = (0..N).map(|_| draw(&mut random)).collect();
    let columns: [Vec<f64>; K] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
    let mut y = vec![0.0; N];
    for &level in levels {
        let time = nanoseconds(|| (function.run)(level, columns.each_ref().map(Vec::as_slice), &mut y));
        println!("| {} | f64 | {level:?} | {time:.3} |", function.name);
    }
}

fn single<const K: usize>(function: &Single<K>, draw: Range<K>, levels: &[Level]) {
    let mut random = Random(1);
    let x: Vec<[f64; K]> = (0..N).map(|_| draw(&mut random)).collect();
    let columns: [Vec<f32>; K] = std::array::from_fn(|k| x.iter().map(|x| x[k] as f32).collect());
    let mut y = vec![0.0; N];
    for &level in levels {
        let time = nanoseconds(|| (function.run)(level, columns.each_ref().map(Vec::as_slice), &mut y));
        println!("| {} | f32 | {level:?} | {time:.3} |", function.name);
    }
}

/// Nanoseconds that one element takes at best.
fn nanoseconds(mut run: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..300 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / N as f64
}
