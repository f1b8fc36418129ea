//! Every function over every layout gives, element by element, what it gives one element alone:
//! random shapes, strides (reversed, transposed, stepped, broadcast), dtypes, `out` arrays and
//! numbers of threads, against a naive walk over the elements.

mod common;

use array_core::{Array, Element, Promote, complex128, from_fn, linspace, s, scalar, with_threads, zeros};
use common::{elements, random_array, shape_to_broadcast};
use fastrand::Rng;
use ufuncs::{
    abs, add, arctan2, clip, cos, divide, divmod, exp, frexp, hypot, ldexp, less, log, modf, multiply,
    negative, power, sin, sqrt, subtract, where_,
};

fn random_shape(rng: &mut Rng) -> Vec<usize> {
    common::random_shape(rng, 0..5, &[0, 1, 1, 2, 3, 5, 17, 40, 70], 200_000)
}

fn any_f64(rng: &mut Rng) -> f64 {
    match rng.u8(0..8) {
        0 => f64::from_bits(rng.u64(..)),
        1 => *rng.choice(&[0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e22, 5e-324]).unwrap(),
        _ => rng.f64() * 200.0 - 100.0,
    }
}

fn any_f32(rng: &mut Rng) -> f32 {
    any_f64(rng) as f32
}

/// Bits, so that `nan` and the sign of zero count; every `nan` alike.
fn bits(value: f64) -> u64 {
    if value.is_nan() { u64::MAX } else { value.to_bits() }
}

fn assert_same(found: &Array<f64>, expected: impl Iterator<Item = f64>, what: &str) {
    let found: Vec<u64> = elements(found).into_iter().map(bits).collect();
    let expected: Vec<u64> = expected.map(bits).collect();
    assert_eq!(found, expected, "{what}");
}

#[test]
fn unary_functions_over_any_layout() {
    let mut rng = Rng::with_seed(1);
    type Function = (&'static str, fn(&Array<f64>) -> Array<f64>);
    let functions: [Function; 7] = [
        ("sin", |a| sin(a)),
        ("cos", |a| cos(a)),
        ("exp", |a| exp(a)),
        ("log", |a| log(a)),
        ("sqrt", |a| sqrt(a)),
        ("abs", |a| abs(a)),
        ("negative", |a| negative(a)),
    ];
    for round in 0..300 {
        let shape = random_shape(&mut rng);
        let a = random_array(&mut rng, &shape, any_f64);
        let (name, function) = functions[round % functions.len()];
        let result = function(&a);
        assert_eq!(result.shape(), shape);
        let alone = |x| function(&scalar(x)).item().unwrap();
        assert_same(
            &result,
            elements(&a).into_iter().map(alone),
            &format!("{name} of {shape:?}, round {round}"),
        );
        // Given away: in the operand's own memory, where it may be.
        let expected = elements(&result);
        let owned = match name {
            "sin" => sin(a),
            "cos" => cos(a),
            "sqrt" => sqrt(a),
            "abs" => abs(a),
            _ => continue,
        };
        assert_same(&owned, expected.into_iter(), &format!("{name} in place of {shape:?}, round {round}"));
    }
}

#[test]
fn binary_functions_over_any_layouts() {
    let mut rng = Rng::with_seed(2);
    for round in 0..300 {
        let shape = random_shape(&mut rng);
        let (shape_a, shape_b) = (shape_to_broadcast(&mut rng, &shape), shape_to_broadcast(&mut rng, &shape));
        let a = random_array(&mut rng, &shape_a, any_f64);
        let b = random_array(&mut rng, &shape_b, any_f32);
        let result = match round % 4 {
            0 => add(&a, &b),
            1 => subtract(&a, &b),
            2 => multiply(&a, &b),
            _ => divide(&a, &b),
        }
        .unwrap();
        let naive = |a: f64, b: f32| match round % 4 {
            0 => a + b as f64,
            1 => a - b as f64,
            2 => a * b as f64,
            _ => a / b as f64,
        };
        let full = result.shape().to_vec();
        let (wide_a, wide_b) = (a.broadcast_to(&full).unwrap(), b.broadcast_to(&full).unwrap());
        let expected: Vec<f64> =
            elements(&wide_a).into_iter().zip(elements(&wide_b)).map(|(a, b)| naive(a, b)).collect();
        assert_same(
            &result,
            expected.iter().copied(),
            &format!("{shape_a:?} with {shape_b:?}, round {round}"),
        );
        // Into an array with strides of its own, and with operands given away.
        let mut out = random_array(&mut rng, &full, any_f64);
        let (same_a, same_b) = (wide_a.copy(), b.astype::<f64>());
        let owned = match round % 4 {
            0 => add::out(&a, &b, &mut out).map(|()| same_a + same_b),
            1 => subtract::out(&a, &b, &mut out).map(|()| same_a - same_b),
            2 => multiply::out(&a, &b, &mut out).map(|()| same_a * same_b),
            _ => divide::out(&a, &b, &mut out).map(|()| same_a / same_b),
        }
        .unwrap();
        assert_same(
            &out,
            expected.iter().copied(),
            &format!("out, {shape_a:?} with {shape_b:?}, round {round}"),
        );
        assert_same(
            &owned,
            expected.into_iter(),
            &format!("owned, {shape_a:?} with {shape_b:?}, round {round}"),
        );
    }
}

#[test]
fn functions_of_several_operands_over_any_layouts() {
    let mut rng = Rng::with_seed(5);
    for round in 0..200 {
        let shape = random_shape(&mut rng);
        let [shape_a, shape_b, shape_c] = [0; 3].map(|_| shape_to_broadcast(&mut rng, &shape));
        let a = random_array(&mut rng, &shape_a, any_f64);
        let b = random_array(&mut rng, &shape_b, any_f64);
        let condition = random_array(&mut rng, &shape_c, |rng| rng.bool());
        let what = format!("{shape_a:?} with {shape_b:?} and {shape_c:?}, round {round}");
        let chosen = where_(&condition, &a, &b).unwrap();
        let full = chosen.shape().to_vec();
        let (wide_a, wide_b) = (a.broadcast_to(&full).unwrap(), b.broadcast_to(&full).unwrap());
        let (x, y) = (elements(&wide_a), elements(&wide_b));
        let conditions = elements(&condition.broadcast_to(&full).unwrap());
        let each = x.iter().zip(&y).zip(&conditions);
        assert_same(&chosen, each.map(|((&x, &y), &c)| if c { x } else { y }), &what);

        let limited = clip(&wide_a, -1.0, &b).unwrap();
        let naive = |x: f64, y: f64| {
            let x = if x < -1.0 { -1.0 } else { x };
            if x < y || x.is_nan() { x } else { y }
        };
        assert_same(&limited, x.iter().zip(&y).map(|(&x, &y)| naive(x, y)), &format!("clip, {what}"));

        let (rests, wholes) = modf(&wide_a);
        assert_same(&wholes, x.iter().map(|x| x.trunc()), &format!("modf, {what}"));
        let naive = |x: f64| if x.is_infinite() { 0.0f64.copysign(x) } else { x - x.trunc() };
        assert_same(&multiply(&rests, &rests).unwrap(), x.iter().map(|&x| naive(x) * naive(x)), &what);
        // Taken apart and put together again, into arrays with strides of their own and in place.
        let mut digits = random_array(&mut rng, &full, any_f64);
        let mut exponents = random_array(&mut rng, &full, |rng| rng.i32(..));
        frexp::out(&wide_a, (&mut digits, &mut exponents)).unwrap();
        let same = x.iter().copied().map(|x| if x.is_finite() { x } else { x * 2.0 });
        assert_same(&ldexp(&digits, &exponents).unwrap(), same.clone(), &format!("ldexp, {what}"));
        assert_same(&ldexp(digits, &exponents).unwrap(), same, &format!("ldexp in place, {what}"));

        let (quotients, rests) = divmod(&wide_a.astype::<i16>(), &wide_b.astype::<i8>()).unwrap();
        let small = |x: &Array<f64>| elements(&x.astype::<i16>());
        let divisors = elements(&wide_b.astype::<i8>());
        for (((a, b), q), r) in
            small(&wide_a).into_iter().zip(divisors).zip(elements(&quotients)).zip(elements(&rests))
        {
            assert_eq!(q.wrapping_mul(b.into()).wrapping_add(r), if b == 0 { 0 } else { a }, "{a} by {b}");
            assert!(r == 0 || (r < 0) == (b < 0), "{a} by {b} leaves {r}");
        }
        let smaller = elements(&less(&a, &b).unwrap().broadcast_to(&full).unwrap());
        assert!(smaller.into_iter().eq(x.iter().zip(&y).map(|(x, y)| x < y)), "{what}");
    }
}

#[test]
fn heavy_binary_functions_over_any_layouts() {
    let mut rng = Rng::with_seed(5);
    type Function = fn(&Array<f64>, &Array<f64>) -> Array<f64>;
    let functions: [(&str, Function); 3] = [
        ("hypot", |a, b| hypot(a, b).unwrap()),
        ("arctan2", |a, b| arctan2(a, b).unwrap()),
        ("power", |a, b| power(a, b).unwrap()),
    ];
    for round in 0..200 {
        let shape = random_shape(&mut rng);
        let (shape_a, shape_b) = (shape_to_broadcast(&mut rng, &shape), shape_to_broadcast(&mut rng, &shape));
        let a = random_array(&mut rng, &shape_a, any_f64);
        let b = random_array(&mut rng, &shape_b, any_f64);
        let (name, function) = functions[round % functions.len()];
        let result = function(&a, &b);
        let full = result.shape().to_vec();
        let (wide_a, wide_b) = (a.broadcast_to(&full).unwrap(), b.broadcast_to(&full).unwrap());
        let expected: Vec<f64> = elements(&wide_a)
            .into_iter()
            .zip(elements(&wide_b))
            .map(|(a, b)| function(&scalar(a), &scalar(b)).item().unwrap())
            .collect();
        let what = format!("{name}, {shape_a:?} with {shape_b:?}, round {round}");
        assert_same(&result, expected.iter().copied(), &what);
        // Into an array with strides of its own, and in the operands' own memory.
        let mut out = random_array(&mut rng, &full, any_f64);
        arctan2::out(&a, &b, &mut out).unwrap();
        assert_same(&out, elements(&arctan2(&a, &b).unwrap()).into_iter(), &what);
        assert_same(&hypot(wide_a.copy(), &b).unwrap(), elements(&hypot(&a, &b).unwrap()).into_iter(), &what);
        assert_same(&power(&a, wide_b.copy()).unwrap(), elements(&power(&a, &b).unwrap()).into_iter(), &what);
    }
}

#[test]
fn two_out_arrays_must_be_of_one_shape() {
    let a: Array<f64> = linspace(0.0, 1.0, 6).unwrap();
    let (mut short, mut right): (Array<f64>, Array<f64>) = (zeros(5).unwrap(), zeros(6).unwrap());
    assert!(modf::out(&a, (&mut right, &mut short)).unwrap_err().is_shape());
    let mut integers: Array<i64> = zeros(6).unwrap();
    assert!(modf::out(&a, (&mut right, &mut integers)).unwrap_err().is_dtype());
    let mut held = a.clone();
    modf::out(&a, (&mut right, &mut held)).unwrap();
    assert_eq!((a[[5]], held[[5]], right[[5]]), (1.0, 1.0, 0.0));
}

#[test]
fn other_dtypes_are_converted_on_the_way() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..60 {
        let shape = random_shape(&mut rng);
        let integers = random_array(&mut rng, &shape, |rng| rng.i32(-1000..1000));
        let expected = elements(&integers).into_iter().map(|i| sin(&scalar(i as f64)).item().unwrap());
        assert_same(&sin(&integers), expected, "sin of i32 is that of f64");
        let small = random_array(&mut rng, &shape, |rng| rng.i8(..));
        let found: Array<array_core::f16> = sqrt(&small);
        let expected =
            elements(&small).into_iter().map(|i| array_core::f16::from_f32((i as f32).sqrt()).to_f64());
        assert_same(&found.astype::<f64>(), expected, "sqrt of i8 is half precision");
        let quotient: Array<f64> = divide(&small, &integers).unwrap();
        let expected =
            elements(&small).into_iter().zip(elements(&integers)).map(|(a, b)| a as f64 / b as f64);
        assert_same(&quotient, expected, "true division of integers");
        let mut single: Array<f32> = zeros(&shape).unwrap();
        add::out(&integers, &small, &mut single).unwrap();
        let expected =
            elements(&small).into_iter().zip(elements(&integers)).map(|(a, b)| (a as i32 + b) as f64);
        assert_same(&single.astype(), expected, "a sum of integers, given as f32");
    }
}

#[test]
fn out_refuses_what_does_not_fit() {
    let a: Array<f64> = linspace(0.0, 1.0, 6).unwrap();
    let mut wrong: Array<f64> = zeros(5).unwrap();
    assert!(sin::out(&a, &mut wrong).unwrap_err().is_shape());
    assert!(add::out(&a, 1.0, &mut wrong).unwrap_err().is_shape());
    let mut integers: Array<i64> = zeros(6).unwrap();
    assert!(sin::out(&a, &mut integers).unwrap_err().is_dtype());
    let mut rows: Array<f32> = zeros([2, 6]).unwrap();
    sin::out(&a, &mut rows).unwrap();
    assert_eq!(rows.slice(s![0]).unwrap(), rows.slice(s![1]).unwrap());
}

#[test]
fn an_out_array_that_others_hold_is_not_written() {
    let a: Array<f64> = linspace(0.0, 1.0, 6).unwrap();
    let mut out = a.clone();
    sin::out(&a, &mut out).unwrap();
    assert_eq!(a[[5]], 1.0);
    assert_eq!(out, sin(&a));
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let mut rng = Rng::with_seed(4);
    let a = from_fn([3, 700, 301], |_| any_f64(&mut rng)).unwrap();
    let row: Array<f64> = linspace(-3.0, 3.0, 301).unwrap();
    let on_threads = |threads| {
        array_core::with_threads(threads, || {
            let stepped = a.slice(s![.., ..;2, ..;-1]).unwrap();
            let integers = a.astype::<i16>();
            [sin(&a), exp(a.t()), log(&stepped), add(&sqrt(&stepped), &row).unwrap(), sin(&integers).astype()]
                .map(|result| elements(&result).into_iter().map(bits).collect::<Vec<_>>())
        })
    };
    // This thread is in the pool: what goes in and out of one ThreadSanitizer cannot follow.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(7).use_current_thread().build().unwrap();
    pool.install(|| {
        let alone = on_threads(1);
        for threads in [2, 3, 7] {
            assert!(on_threads(threads) == alone, "{threads} threads");
        }
    });
}

/// A matrix of this shape whose columns lie `step` elements apart, or whose rows do if it is `turned`.
fn matrix<T: Element>(rng: &mut Rng, [rows, columns]: [usize; 2], step: isize, turned: bool) -> Array<T>
where
    i8: array_core::engine::CastTo<T>,
{
    let lengths = if turned { [columns, rows] } else { [rows, columns] };
    let memory: Array<i8> = from_fn([lengths[0], lengths[1] * step.unsigned_abs()], |_| rng.i8(..)).unwrap();
    let stepped = memory.astype::<T>().slice(s![.., ..;step]).unwrap();
    let array = if turned { stepped.t() } else { stepped };
    assert_eq!(array.shape(), [rows, columns]);
    array
}

/// Sums and products over matrices of two layouts, with lengths around the sizes of blocks, tiles and
/// vectors; fresh, into an array of a layout of its own, and in an operand's own memory.
fn check_layouts<T: Element + Promote<T, Output = T>>(
    seed: u64,
    sum: fn(T, T) -> T,
    negated: Option<fn(T) -> T>,
) where
    i8: array_core::engine::CastTo<T>,
    array_core::operators::kernels::Add: array_core::engine::kernel::Binary<T, Output = T>,
    array_core::operators::kernels::Negative: array_core::engine::kernel::Unary<T, Output = T>,
{
    use array_core::engine::call::{Source, unary, unary_out_with};
    use array_core::engine::function::Function;
    use array_core::operators::kernels::Negative;

    const ROWS: [usize; 10] = [1, 2, 3, 7, 15, 16, 17, 33, 64, 65];
    const COLUMNS: [usize; 14] = [2, 5, 15, 16, 17, 31, 63, 65, 127, 129, 511, 513, 1025, 2050];
    const STEPS: [isize; 7] = [1, 2, 3, 4, 7, -1, -2];
    let mut rng = Rng::with_seed(seed);
    for round in 0..120 {
        let shape = [*rng.choice(&ROWS).unwrap(), *rng.choice(&COLUMNS).unwrap()];
        let shape = if rng.bool() { shape } else { [shape[1], shape[0]] };
        let mut any = || {
            let step = *rng.choice(&STEPS).unwrap();
            let turned = rng.bool();
            (matrix::<T>(&mut rng, shape, step, turned), (step, turned))
        };
        let ((a, how_a), (b, how_b), (mut out, how_out)) = (any(), any(), any());
        let what = format!("{} {shape:?}, {how_a:?} {how_b:?} {how_out:?}, round {round}", T::DTYPE);
        let expected: Vec<T> = elements(&a).into_iter().zip(elements(&b)).map(|(a, b)| sum(a, b)).collect();
        assert!(elements(&add(&a, &b).unwrap()) == expected, "fresh, {what}");
        add::out(&a, &b, &mut out).unwrap();
        assert!(elements(&out) == expected, "out, {what}");
        assert!(elements(&a.copy()) == elements(&a), "copy, {what}");
        let negative: Vec<T> = negated.map_or(vec![], |f| elements(&a).into_iter().map(f).collect());
        if negated.is_some() {
            assert!(elements(&unary::<Negative, T, T, T>(Source::Borrowed(&a))) == negative, "-, {what}");
            let negative_of = Function::unary::<Negative, T>();
            unary_out_with(negative_of, T::DTYPE, Source::Borrowed(&a), &mut out).unwrap();
            assert!(elements(&out) == negative, "- out, {what}");
        }
        // The operands' own memory: they are not shared, whatever their strides.
        match round % 3 {
            0 => assert!(elements(&(a + &b)) == expected, "left in place, {what}"),
            1 => assert!(elements(&(&a + b)) == expected, "right in place, {what}"),
            _ if negated.is_some() => {
                assert!(
                    elements(&unary::<Negative, T, T, T>(Source::Owned(a))) == negative,
                    "in place, {what}"
                );
            }
            _ => {}
        }
    }
}

#[test]
fn elements_of_every_size_over_stepped_and_turned_matrices() {
    check_layouts::<i8>(11, |a, b| a.wrapping_add(b), Some(|a| a.wrapping_neg()));
    check_layouts::<i16>(12, |a, b| a + b, Some(|a| -a));
    check_layouts::<f32>(13, |a, b| a + b, Some(|a| -a));
    check_layouts::<f64>(14, |a, b| a + b, Some(|a| -a));
    check_layouts::<complex128>(15, |a, b| a + b, Some(|a| -a));
}

#[test]
fn axes_in_any_order() {
    let mut rng = Rng::with_seed(16);
    let cube = from_fn([37, 18, 70], |_| any_f64(&mut rng)).unwrap();
    for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let a = cube.transpose(&axes).unwrap();
        let b = a.copy();
        assert_same(&b, elements(&a).into_iter(), "copy");
        let mut out: Array<f64> = zeros(a.shape()).unwrap();
        subtract::out(&a, &cube.transpose(&axes).unwrap().slice(s![..;-1]).unwrap(), &mut out).unwrap();
        let turned = elements(&a.slice(s![..;-1]).unwrap());
        let expected = elements(&a).into_iter().zip(turned).map(|(a, b)| a - b);
        assert_same(&out, expected, &format!("{axes:?}"));
        sin::out(&a, &mut out).unwrap();
        assert_same(&out, elements(&sin(&b)).into_iter(), &format!("sin {axes:?}"));
    }
}

#[test]
fn results_too_large_for_a_cache() {
    let n = 2_100_007;
    // Every seventh comes to each place within a cache line; the ends whole.
    let some = |n: usize| (0..n).filter(move |i| i % 7 == 0 || *i < 100 || i + 100 > n);
    let at = |array: &Array<f64>, i: usize| array[[i as isize]];
    let number = |i: usize, step: f64| (i % 1013) as f64 * step - 17.0;
    let a = from_fn(2 * n, |i| number(i[0], 0.37)).unwrap();
    let b = from_fn(n, |i| number(i[0], 1.3)).unwrap();
    let left = a.slice(s![1..=n as isize]).unwrap();
    let even = a.slice(s![..;2]).unwrap();
    let on_threads = |threads| {
        with_threads(threads, || {
            let sums = add(&left, &b).unwrap();
            assert!(some(n).all(|i| at(&sums, i) == number(i + 1, 0.37) + number(i, 1.3)));
            let differences = subtract(&even, 2.5).unwrap();
            assert!(some(n).all(|i| at(&differences, i) == number(2 * i, 0.37) - 2.5));
            let mut out: Array<f64> = zeros(n).unwrap();
            multiply::out(&even, &even, &mut out).unwrap();
            assert!(some(n).all(|i| at(&out, i) == number(2 * i, 0.37) * number(2 * i, 0.37)));
            let flipped = negative(a.slice(s![..;-1]).unwrap());
            assert!(some(2 * n).all(|i| at(&flipped, i) == -number(2 * n - 1 - i, 0.37)));
            let narrow: Array<f32> = a.astype();
            let small = negative(&narrow);
            assert!(some(2 * n).all(|i| small[[i as isize]] == -(number(i, 0.37) as f32)));
            // Rows that do not begin with a cache line, in an array that has gaps.
            let rows = a.slice(s![..(2 * n / 3 * 3) as isize]).unwrap().reshape([3, 2 * n / 3]).unwrap();
            let part = rows.slice(s![.., 3..-2]).unwrap();
            let doubled = add(&part, &part).unwrap();
            let width = part.shape()[1];
            let expected = |i, j| 2.0 * number(i * (2 * n / 3) + 3 + j, 0.37);
            assert!((0..3).all(|i| some(width).all(|j| doubled[[i as isize, j as isize]] == expected(i, j))));
            // In its own memory a result is not streamed.
            let in_place = sums.copy() + &b;
            assert!(some(n).all(|i| at(&in_place, i) == at(&sums, i) + number(i, 1.3)));
        });
    };
    on_threads(1);
    on_threads(2);
}

#[test]
fn packed_operands_too_large_for_a_cache() {
    let n = 2_100_007;
    let some = |n: usize| (0..n).filter(move |i| i % 7 == 0 || *i < 100 || i + 100 > n);
    let number = |i: usize| (i % 1013) as i32 - 17;
    let all: Array<i32> = from_fn(4 * n, |i| number(i[0])).unwrap();
    let even = all.slice(s![..;2]).unwrap().slice(s![1..=n as isize]).unwrap();
    let third = all.slice(s![..3 * n as isize;3]).unwrap();
    let backwards = all.slice(s![..;-4]).unwrap();
    let narrow: Array<i16> = all.astype();
    let narrow = narrow.slice(s![..;4]).unwrap();
    let last = 4 * n - 1;
    for threads in [1, 2] {
        with_threads(threads, || {
            let flipped = negative(&third);
            assert!(some(n).all(|i| flipped[i] == -number(3 * i)));
            let sums = add(&even, &backwards).unwrap();
            assert!(some(n).all(|i| sums[i] == number(2 * i + 2) + number(last - 4 * i)));
            let promoted = add(&narrow, &third).unwrap();
            assert!(some(n).all(|i| promoted[i] == number(4 * i) + number(3 * i)));
            let mut wide: Array<f64> = zeros(n).unwrap();
            multiply::out(&even, &third, &mut wide).unwrap();
            assert!(some(n).all(|i| wide[i] == f64::from(number(2 * i + 2) * number(3 * i))));
            // A result that has gaps.
            let mut apart = zeros::<i32>(2 * n).unwrap().slice(s![..;2]).unwrap();
            subtract::out(&even, 5, &mut apart).unwrap();
            assert!(some(n).all(|i| apart[i] == number(2 * i + 2) - 5));
            // Rows that do not begin with a cache line.
            let rows = all.slice(s![..(4 * n / 3 * 3) as isize]).unwrap().reshape([3, 4 * n / 3]).unwrap();
            let part = rows.slice(s![.., 3..-2;3]).unwrap();
            let doubled = add(&part, &part).unwrap();
            let expected = |i: usize, j: usize| 2 * number(i * (4 * n / 3) + 3 + 3 * j);
            assert!((0..3).all(|i| some(part.shape()[1]).all(|j| doubled[[i, j]] == expected(i, j))));
            let root = sqrt(&third.slice(s![17..]).unwrap());
            assert!(some(n - 17).all(|i| {
                let expected = f64::from(number(3 * i + 51)).sqrt();
                root[i] == expected || root[i].is_nan() && expected.is_nan()
            }));
        });
    }
}
