//! Texts that NumPy 2.5 wrote.

use ndarray::{ArrayD, ArrayViewD, IxDyn};

use super::*;
use crate::{complex64, complex128, f16};

fn array<T>(shape: &[usize], items: impl IntoIterator<Item = T>) -> ArrayD<T> {
    ArrayD::from_shape_vec(IxDyn(shape), items.into_iter().collect()).unwrap()
}

/// A 1-d array.
fn row<T: Clone>(items: &[T]) -> ArrayD<T> {
    array(&[items.len()], items.to_vec())
}

fn str_with<T: Element>(options: &PrintOptions, array: ArrayViewD<'_, T>) -> String {
    let mut text = String::new();
    write_str(array, options, &mut text).unwrap();
    text
}

fn repr_with<T: Element>(options: &PrintOptions, array: ArrayViewD<'_, T>) -> String {
    let mut text = String::new();
    write_repr(array, options, &mut text).unwrap();
    text
}

fn str<T: Element>(array: ArrayD<T>) -> String {
    str_with(&PrintOptions::default(), array.view())
}

fn repr<T: Element>(array: ArrayD<T>) -> String {
    repr_with(&PrintOptions::default(), array.view())
}

#[test]
fn positional() {
    assert_eq!(str(row(&[1.0, 2.5, -3.25])), "[ 1.    2.5  -3.25]");
    assert_eq!(repr(row(&[1.0, 2.5, -3.25])), "array([ 1.  ,  2.5 , -3.25])");
    assert_eq!(str(row(&[1.0 / 3.0, 2.0 / 3.0, 1.0])), "[0.33333333 0.66666667 1.        ]");
    assert_eq!(str(row(&[-0.0, 0.0])), "[-0.  0.]");
}

#[test]
fn scientific() {
    assert_eq!(str(row(&[9.999_999_9e7, 1e5])), "[99999999.   100000.]");
    assert_eq!(str(row(&[1.0, 1e8])), "[1.e+00 1.e+08]");
    assert_eq!(str(row(&[1e-4, 0.09])), "[0.0001 0.09  ]");
    assert_eq!(str(row(&[9e-5, 1.0])), "[9.e-05 1.e+00]");
    assert_eq!(str(row(&[1.0, 1000.0])), "[   1. 1000.]");
    assert_eq!(str(row(&[1.0, 1000.5])), "[1.0000e+00 1.0005e+03]");
    assert_eq!(str(row(&[1e100, -1.5e-7, 0.0])), "[ 1.0e+100 -1.5e-007  0.0e+000]");
}

#[test]
fn not_finite() {
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    assert_eq!(str(row(&[nan, inf, -inf, 1.0])), "[ nan  inf -inf   1.]");
    assert_eq!(str(row(&[nan, nan])), "[nan nan]");
    assert_eq!(str(row(&[inf, 1e10])), "[   inf 1.e+10]");
}

#[test]
fn smaller_floats() {
    let third = 1.0 / 3.0;
    assert_eq!(
        repr(row(&[0.1_f32, third as f32, 123_456.0])),
        "array([1.0000000e-01, 3.3333334e-01, 1.2345600e+05], dtype=float32)"
    );
    assert_eq!(str(row(&[1e6_f32, 1.0])), "[1.e+06 1.e+00]");
    let half = |items: &[f64]| row(&items.iter().copied().map(f16::from_f64).collect::<Vec<_>>());
    assert_eq!(repr(half(&[0.1, third, 999.0])), "array([9.998e-02, 3.333e-01, 9.990e+02], dtype=float16)");
    assert_eq!(str(half(&[1000.0, 1.0])), "[1.e+03 1.e+00]");
    assert_eq!(str(half(&[65504.0, 6e-8])), "[6.55e+04 5.96e-08]");
    assert_eq!(str(half(&[0.5_f64.powi(14), 0.5_f64.powi(13)])), "[6.104e-05 1.221e-04]");
}

#[test]
fn integers_and_bool() {
    assert_eq!(repr(row(&[1_i64, -20, 300])), "array([  1, -20, 300])");
    assert_eq!(str(array(&[2, 2], [-128_i8, 127, 0, 5])), "[[-128  127]\n [   0    5]]");
    assert_eq!(
        repr(row(&[u64::MAX, 0])),
        "array([18446744073709551615,                    0], dtype=uint64)"
    );
    assert_eq!(
        repr(array(&[2, 2], [true, false, false, false])),
        "array([[ True, False],\n       [False, False]])"
    );
}

#[test]
fn complex() {
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    let c = complex128::new;
    assert_eq!(
        repr(row(&[c(1.0, 2.0), c(-0.5, -1.25), c(nan, inf)])),
        "array([ 1. +2.j  , -0.5-1.25j,  nan +infj])"
    );
    assert_eq!(str(row(&[c(0.0, inf), c(-inf, nan)])), "[  0.+infj -inf+nanj]");
    assert_eq!(
        repr(row(&[complex64::new(1e-7, 1.0), complex64::new(2.0, 0.0)])),
        "array([1.e-07+1.j, 2.e+00+0.j], dtype=complex64)"
    );
}

#[test]
fn zero_dimensions() {
    fn both<T: Element>(item: T) -> (String, String) {
        (str(array(&[], [item])), repr(array(&[], [item])))
    }
    let pair = |s: &str, r: &str| (s.to_owned(), r.to_owned());
    assert_eq!(both(1.0 / 3.0), pair("0.3333333333333333", "array(0.33333333)"));
    assert_eq!(both(1e16), pair("1e+16", "array(1.e+16)"));
    assert_eq!(both(f64::NEG_INFINITY), pair("-inf", "array(-inf)"));
    assert_eq!(both(true), pair("True", "array(True)"));
    assert_eq!(both(-7_i8), pair("-7", "array(-7, dtype=int8)"));
    assert_eq!(both(1e6_f32), pair("1e+06", "array(1.e+06, dtype=float32)"));
    assert_eq!(both(f16::from_f32(0.1)), pair("0.1", "array(0.1, dtype=float16)"));
    assert_eq!(both(complex128::new(1.0, 0.0)), pair("(1+0j)", "array(1.+0.j)"));
    assert_eq!(both(complex128::new(0.0, -1.5)), pair("-1.5j", "array(0.-1.5j)"));
    assert_eq!(both(complex128::new(-0.0, f64::NAN)), pair("(-0+nanj)", "array(-0.+nanj)"));
    let all_summarised = PrintOptions::default().threshold(0);
    assert_eq!(repr_with(&all_summarised, array(&[], [4.0]).view()), "array(4., shape=())");
}

#[test]
fn empty() {
    assert_eq!(str(row::<f64>(&[])), "[]");
    assert_eq!(repr(row::<f64>(&[])), "array([], dtype=float64)");
    assert_eq!(repr(array(&[0, 3], [0.0; 0])), "array([], shape=(0, 3), dtype=float64)");
    assert_eq!(repr(array(&[2, 0], [true; 0])), "array([], shape=(2, 0), dtype=bool)");
}

#[test]
fn nested() {
    assert_eq!(str(array(&[2, 2, 2], 0_i64..8)), "[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]");
    assert_eq!(
        repr(array(&[2, 2, 2], 0_i64..8)),
        "array([[[0, 1],\n        [2, 3]],\n\n       [[4, 5],\n        [6, 7]]])"
    );
    // The order in memory does not matter.
    assert_eq!(str(array(&[2, 3], 0_i64..6).reversed_axes()), "[[0 3]\n [1 4]\n [2 5]]");
}

#[test]
fn wrapped_lines() {
    let quarters = row(&(0..30).map(|i| f64::from(i) / 4.0).collect::<Vec<_>>());
    assert_eq!(
        repr(quarters),
        "array([0.  , 0.25, 0.5 , 0.75, 1.  , 1.25, 1.5 , 1.75, 2.  , 2.25, 2.5 ,\n       \
         2.75, 3.  , 3.25, 3.5 , 3.75, 4.  , 4.25, 4.5 , 4.75, 5.  , 5.25,\n       \
         5.5 , 5.75, 6.  , 6.25, 6.5 , 6.75, 7.  , 7.25])"
    );
    let narrow = PrintOptions::default().line_width(20);
    assert_eq!(
        str_with(&narrow, array(&[2, 10], 0_i16..20).view()),
        "[[ 0  1  2  3  4\n   5  6  7  8  9]\n [10 11 12 13 14\n  15 16 17 18 19]]"
    );
    assert_eq!(str_with(&narrow.line_width(1), row(&[0, 1, 2]).view()), "[0\n 1\n 2]");
    // The dtype goes to the next line when it does not fit.
    assert!(repr(array(&[9], 1000_i32..1009)).ends_with(", 1008], dtype=int32)"));
    assert!(repr(array(&[10], 1000_i32..1010)).ends_with(", 1009],\n      dtype=int32)"));
}

#[test]
fn summaries() {
    assert_eq!(str(array(&[2000], 0_i64..2000)), "[   0    1    2 ... 1997 1998 1999]");
    assert_eq!(
        repr(array(&[1001], [0_i8; 1001])),
        "array([0, 0, 0, ..., 0, 0, 0], shape=(1001,), dtype=int8)"
    );
    let options = PrintOptions::default().threshold(10).edge_items(1);
    assert_eq!(
        repr_with(&options, array(&[3, 4, 5], 0_i64..60).view()),
        "array([[[ 0, ...,  4],\n        ...,\n        [15, ..., 19]],\n\n       ...,\n\n       \
         [[40, ..., 44],\n        ...,\n        [55, ..., 59]]], shape=(3, 4, 5))"
    );
    // Axes that are short enough are written whole; the shape is there all the same.
    let options = options.edge_items(5).threshold(5);
    assert_eq!(
        repr_with(&options, array(&[10], 0_i64..10).view()),
        "array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], shape=(10,))"
    );
}

#[test]
fn huge_views_are_not_walked() {
    let half = array(&[], [0.5]);
    let trillion = half.broadcast(IxDyn(&[10_000, 10_000, 10_000])).unwrap();
    assert_eq!(
        str_with(&PrintOptions::default().edge_items(1), trillion),
        "[[[0.5 ... 0.5]\n  ...\n  [0.5 ... 0.5]]\n\n ...\n\n [[0.5 ... 0.5]\n  ...\n  [0.5 ... 0.5]]]"
    );
}

#[test]
fn options() {
    let default = PrintOptions::default;
    let suppress = default().suppress(true);
    assert_eq!(str_with(&suppress, row(&[1e-10, 1.5, 1234.5]).view()), "[   0.     1.5 1234.5]");
    assert_eq!(str_with(&suppress, row(&[1e-10, 1e8]).view()), "[1.e-10 1.e+08]");
    let numbers = row(&[1.0 / 3.0, 2.0, 100.125]);
    assert_eq!(str_with(&default().precision(3), numbers.view()), "[  0.333   2.    100.125]");
    assert_eq!(str_with(&default().precision(0), row(&[0.5, 1.5, 2.5]).view()), "[0. 2. 2.]");
    assert_eq!(str_with(&default().precision(2), row(&[1.0 / 3.0, 2e10]).view()), "[3.33e-01 2.00e+10]");
    assert_eq!(
        str_with(&default().precision(17), row(&[0.1, 1.0 / 3.0]).view()),
        "[0.1                0.3333333333333333]"
    );
}
