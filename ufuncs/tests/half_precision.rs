//! Results of half precision that are computed as `f64` are rounded once: by way of `f32` some would be rounded
//! to the middle between two and then to the wrong one. And those that are computed as `f32` are rounded also where they
//! go into wider arrays.

use array_core::{Array, Element, complex64, complex128, f16, from_fn, s, zeros};

#[test]
fn deviations_are_rounded_once() {
    // Their mean is 0, the sum of squares exact, and the root 0.880126973: just above the middle of two numbers
    // that are 2^-11 apart.
    let sample = [-1425.0, -2.0, 0.0, 2.0, 1425.0].map(|x: f32| f16::from_f32(x / 1024.0));
    let deviation = ufuncs::std(&Array::from(sample), 0).unwrap();
    assert_eq!(deviation.item().unwrap().to_f64(), 0.88037109375);
}

#[test]
fn weights_of_quantiles_are_rounded_once() {
    // Just above the middle of 0.25 and the next.
    let q = 0.25 + 2f64.powi(-13) + 2f64.powi(-40);
    let ends = Array::from([f16::ZERO, f16::ONE]);
    let quantile = ufuncs::quantile(&ends, q, 0).unwrap();
    assert_eq!(quantile.item().unwrap().to_f64(), 0.25 + 2f64.powi(-12));
}

/// That a function leaves the same in an array of type `O` as its result, of type `R`, converted: in memory of each
/// layout, and where a mask is true.
fn assert_rounded<R: Element, O: Element>(
    result: &Array<R>,
    out: impl Fn(&mut Array<O>),
    out_where: impl Fn(&mut Array<O>, &Array<bool>),
) {
    let (rows, columns) = (result.shape()[0], result.shape()[1]);
    let expected = result.astype::<O>();
    let mask = from_fn(result.shape(), |at| (at[0] + at[1] / 40) % 3 != 0).unwrap();
    let masked = from_fn(result.shape(), |at| {
        let at = [at[0], at[1]];
        if mask[at] { expected[at] } else { O::ZERO }
    })
    .unwrap();
    let layouts: [fn(usize, usize) -> Array<O>; 3] = [
        |rows, columns| zeros([rows, columns]).unwrap(),
        |rows, columns| zeros([columns, rows]).unwrap().t(),
        |rows, columns| zeros([rows, 2 * columns]).unwrap().slice(s![.., ..;-2]).unwrap(),
    ];
    for layout in layouts {
        let mut to = layout(rows, columns);
        out(&mut to);
        assert_eq!(to, expected);
        let mut to = layout(rows, columns);
        out_where(&mut to, &mask);
        assert_eq!(to, masked);
    }
}

#[test]
fn results_are_rounded_on_their_way_into_wider_arrays() {
    let a = from_fn([7, 601], |at| f16::from_f32((at[0] * 601 + at[1]) as f32 / 997.0)).unwrap();
    let result = ufuncs::exp2(&a);
    macro_rules! into {
        ($($out:ty)*) => {$(
            assert_rounded::<f16, $out>(
                &result,
                |out| ufuncs::exp2::out(&a, out).unwrap(),
                |out, mask| ufuncs::exp2::out_where(&a, out, mask).unwrap(),
            );
        )*};
    }
    into!(f16 f32 f64 complex64 complex128);
    // One that no half holds.
    let mut out = zeros::<f32>([1]).unwrap();
    ufuncs::power::out(&Array::from([f16::from_f32(300.0)]), f16::from_f32(2.0), &mut out).unwrap();
    assert_eq!(out.to_vec(), [f32::INFINITY]);

    let a = from_fn([7, 601], |at| complex64::new(at[0] as f32 / 3.0, at[1] as f32 / 7.0)).unwrap();
    assert_rounded::<complex64, complex128>(
        &ufuncs::exp(&a),
        |out| ufuncs::exp::out(&a, out).unwrap(),
        |out, mask| ufuncs::exp::out_where(&a, out, mask).unwrap(),
    );
}
