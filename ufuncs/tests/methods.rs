//! The other methods of ufuncs, `out_where`, `outer`, `at`, and ufuncs of one's own, against naive
//! loops over the elements: over random shapes, strides, dtypes and numbers of threads.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::{Array, Element, arange, from_fn, scalar, zeros};
use common::{elements, random_array, shape_to_broadcast};
use fastrand::Rng;
use ufuncs::{
    add, clip, divide, divmod, equal, exp, hypot, maximum, modf, multiply, negative, over, power, round, sin,
    sqrt, subtract, vectorize, where_,
};

fn random_shape(rng: &mut Rng) -> Vec<usize> {
    common::random_shape(rng, 0..4, &[0, 1, 2, 3, 5, 17, 40, 70], 20_000)
}

fn any(rng: &mut Rng) -> f64 {
    rng.f64() * 20.0 - 10.0
}

/// Masks of all kinds: long runs, single elements, nearly all, nearly none.
fn random_mask(rng: &mut Rng, shape: &[usize]) -> Array<bool> {
    let likely = *rng.choice(&[0u8, 2, 128, 253, 255]).unwrap();
    let run = *rng.choice(&[1usize, 1, 7, 300]).unwrap();
    let (mut left, mut value) = (0, false);
    from_fn(shape, |_| {
        if left == 0 {
            (left, value) = (run, rng.u8(..=254) < likely);
        }
        left -= 1;
        value
    })
    .unwrap()
}

#[test]
fn where_the_mask_is_false_out_keeps_its_values() {
    let mut rng = Rng::with_seed(1);
    for _ in 0..400 {
        let shape = random_shape(&mut rng);
        let (shape_a, shape_b) = (shape_to_broadcast(&mut rng, &shape), shape_to_broadcast(&mut rng, &shape));
        let a = random_array(&mut rng, &shape_a, any);
        let b = random_array(&mut rng, &shape_b, any);
        let mask = if rng.bool() { shape.clone() } else { shape_to_broadcast(&mut rng, &shape) };
        let mask = random_mask(&mut rng, &mask);
        let before = random_array(&mut rng, &shape, any);
        let masks = elements(&mask.broadcast_to(&shape[..]).unwrap());
        let pick = |new: Array<f64>| -> Vec<f64> {
            let new = elements(&new.broadcast_to(&shape[..]).unwrap());
            let olds = elements(&before);
            masks.iter().zip(new).zip(olds).map(|((&m, new), old)| if m { new } else { old }).collect()
        };
        let mut out = if rng.bool() { before.copy() } else { before.clone() };
        sin::out_where(&a, &mut out, &mask).unwrap();
        assert_eq!(elements(&out), pick(sin(&a)));
        let mut out = before.clone();
        add::out_where(&a, &b, &mut out, &mask).unwrap();
        assert_eq!(elements(&out), pick(add(&a, &b).unwrap()));
        // With conversions on both sides.
        let mut out = before.clone();
        multiply::out_where(&a.astype::<i32>(), &b.astype::<f32>(), &mut out, &mask).unwrap();
        let expected = multiply(&a.astype::<i32>(), &b.astype::<f32>()).unwrap();
        assert_eq!(elements(&out), pick(expected));
        let mut out = before.clone();
        clip::out_where(&a, 0.0, &b, &mut out, &mask).unwrap();
        assert_eq!(elements(&out), pick(clip(&a, 0.0, &b).unwrap()));
        let mut outs = (before.clone(), before.copy());
        modf::out_where(&a, (&mut outs.0, &mut outs.1), &mask).unwrap();
        let (rest, whole) = modf(&a);
        assert_eq!((elements(&outs.0), elements(&outs.1)), (pick(rest), pick(whole)));
        let mut outs = (before.copy(), before.clone());
        divmod::out_where(&a, &b, (&mut outs.0, &mut outs.1), &mask).unwrap();
        let (quotient, rest) = divmod(&a, &b).unwrap();
        assert_eq!((elements(&outs.0), elements(&outs.1)), (pick(quotient), pick(rest)));
        let mut out = before.clone();
        vectorize(|x: f64, y: f64| x - 2.0 * y).out_where(&a, &b, &mut out, &mask).unwrap();
        assert_eq!(elements(&out), pick(subtract(&a, &multiply(&b, 2.0).unwrap()).unwrap()));
    }
}

#[test]
fn masks_over_threads_and_masks_that_do_not_fit() {
    let mut rng = Rng::with_seed(2);
    let a = random_array(&mut rng, &[700, 1001], any);
    let mask = random_mask(&mut rng, &[700, 1001]);
    let mask = ufuncs::logical_xor(&mask, &from_fn(1001, |at| at[0] % 3 == 0).unwrap()).unwrap();
    let mut out: Array<f64> = zeros([700, 1001]).unwrap();
    exp::out_where(&a, &mut out, &mask).unwrap();
    let mut serial: Array<f64> = zeros([700, 1001]).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| exp::out_where(&a, &mut serial, &mask)).unwrap();
    assert_eq!(out, serial);
    assert_eq!(out, where_(&mask, exp(&a), 0.0).unwrap());
    let mut small: Array<f64> = zeros(1001).unwrap();
    let row = arange(1001.0).unwrap();
    assert!(sin::out_where(&row, &mut small, &mask).unwrap_err().is_shape());
    assert!(sin::out_where(&row, &mut small, &Array::from([true, false])).unwrap_err().is_shape());
    let mut integers: Array<i64> = zeros(1001).unwrap();
    assert!(sin::out_where(&row, &mut integers, &scalar(true)).unwrap_err().is_dtype());
}

#[test]
fn outer_is_every_pair() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..60 {
        let (mut shape, other) = (random_shape(&mut rng), random_shape(&mut rng));
        shape.truncate(2);
        let (a, b) = (random_array(&mut rng, &shape, any), random_array(&mut rng, &other, any));
        if a.len() * b.len() > 1 << 20 {
            continue;
        }
        let table = hypot::outer(&a, &b).unwrap();
        assert_eq!(table.shape(), [&shape[..], &other[..]].concat());
        let pairs: Vec<(f64, f64)> =
            elements(&a).into_iter().flat_map(|a| elements(&b).into_iter().map(move |b| (a, b))).collect();
        let alone: Vec<f64> =
            pairs.iter().map(|&(a, b)| hypot(&scalar(a), &scalar(b)).unwrap().item().unwrap()).collect();
        assert_eq!(elements(&table), alone);
        let own = vectorize(|a: f64, b: f64| a - b).outer(&a, &b).unwrap();
        assert_eq!(elements(&own), pairs.iter().map(|&(a, b)| a - b).collect::<Vec<_>>());
        assert_eq!(divmod::outer(&a, &b).unwrap().1, ufuncs::remainder::outer(&a, &b).unwrap());
    }
    let mixed: Array<f64> = add::outer(&Array::from([1i64, 2]), &Array::from([0.5f32])).unwrap();
    assert_eq!(mixed, Array::from([1.5, 2.5]).reshape([2, 1]).unwrap());
}

/// `f` at each index in turn, by single elements.
fn naive_at<T: Element>(a: &Array<T>, indices: &[isize], b: &Array<T>, f: impl Fn(T, T) -> T) -> Vec<T> {
    let mut result = a.copy();
    let rest = &a.shape()[1..];
    let whole: Vec<usize> = [&[indices.len()], rest].concat();
    let b = b.broadcast_to(&whole[..]).unwrap();
    let (n, columns) = (a.shape()[0], rest.iter().product::<usize>());
    let values = elements(&b);
    let places = result.as_slice_mut();
    for (i, &index) in indices.iter().enumerate() {
        let row = if index < 0 { index + n as isize } else { index } as usize;
        for column in 0..columns {
            let place = &mut places[row * columns + column];
            *place = f(*place, values[i * columns + column]);
        }
    }
    result.to_vec()
}

#[test]
fn at_goes_index_by_index() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..100 {
        let n = rng.usize(1..50);
        let rest =
            if rng.bool() { vec![] } else { vec![rng.usize(0..3), *rng.choice(&[1, 3, 20, 600]).unwrap()] };
        let shape: Vec<usize> = [&[n], &rest[..]].concat();
        let count = if rest.is_empty() { rng.usize(0..300) } else { rng.usize(0..9) };
        let indices: Vec<isize> = (0..count).map(|_| rng.isize(-(n as isize)..n as isize)).collect();
        let lent = Array::from_vec(indices.iter().map(|&i| i as i64).collect());
        let narrow = lent.astype::<i8>();
        let whole: Vec<usize> = [&[count], &rest[..]].concat();
        let shape_b = shape_to_broadcast(&mut rng, &whole);
        let small = |rng: &mut Rng| rng.i32(-5..6) as f64;
        let (a, b) = (random_array(&mut rng, &shape, small), random_array(&mut rng, &shape_b, small));
        macro_rules! check {
            ($at:expr, $type:ty, $f:expr) => {{
                let (a, b) = (a.astype::<$type>(), b.astype::<$type>());
                let expected = naive_at(&a, &indices, &b, $f);
                for indices in [1, 2] {
                    // Shared, so that it must be copied first.
                    let mut found = a.clone();
                    if indices == 1 {
                        $at(&mut found, &lent, &b).unwrap();
                    } else {
                        $at(&mut found, &narrow, &b).unwrap();
                    }
                    assert_eq!(found.to_vec(), expected);
                    assert_eq!(elements(&a), a.to_vec());
                }
            }};
        }
        fn alone(
            f: fn(Array<f64>, Array<f64>) -> array_core::Result<Array<f64>>,
        ) -> impl Fn(f64, f64) -> f64 {
            move |a, b| f(scalar(a), scalar(b)).unwrap().item().unwrap()
        }
        check!(|a, i: &Array<_>, b| add::at(a, i, b), f64, |a, b| a + b);
        check!(|a, i: &Array<_>, b| add::at(a, i, b), i64, |a, b| a + b);
        check!(|a, i: &Array<_>, b| subtract::at(a, i, b), f32, |a, b| a - b);
        check!(|a, i: &Array<_>, b| maximum::at(a, i, b), i16, |a, b| a.max(b));
        check!(|a, i: &Array<_>, b| hypot::at(a, i, b), f64, alone(hypot));
        let own = vectorize(|a: f64, b: f64| 0.5 * a + b);
        check!(|a, i: &Array<_>, b| own.at(a, i, b), f64, |a, b| 0.5 * a + b);
        // Conversions: computed in f64, kept in f32; and a comparison's bools.
        let mut found = a.astype::<f32>();
        add::at(&mut found, &lent, &b).unwrap();
        assert_eq!(found.astype::<f64>().to_vec(), naive_at(&a, &indices, &b, |a, b| a + b));
        let mut found = a.copy();
        equal::at(&mut found, &lent, &b).unwrap();
        let is_equal = |a: f64, b: f64| if a == b { 1.0 } else { 0.0 };
        assert_eq!(found.to_vec(), naive_at(&a, &indices, &b, is_equal));
        let mut found = a.copy();
        negative::at(&mut found, &lent).unwrap();
        assert_eq!(found.to_vec(), naive_at(&a, &indices, &scalar(0.0), |a, _| -a));
        let mut found = a.copy();
        vectorize(|a: f64| a + 1.0).at(&mut found, &lent).unwrap();
        assert_eq!(found.to_vec(), naive_at(&a, &indices, &scalar(1.0), |a, b| a + b));
    }
}

#[test]
fn indices_of_several_axes_and_shapes() {
    let mut a: Array<i64> = zeros([3, 4]).unwrap();
    let (rows, columns) = (Array::from([0i64, -1, 0]), Array::from([1u8, 3, 1]));
    add::at(&mut a, (&rows, &columns), 5).unwrap();
    assert_eq!(a.to_vec(), [0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    let square = Array::from([0u32, 1, 1, 2]).reshape([2, 2]).unwrap();
    let mut b: Array<i64> = zeros(3).unwrap();
    add::at(&mut b, &square, &Array::from([1i64, 10])).unwrap();
    assert_eq!(b.to_vec(), [1, 11, 10]);
    let mut c: Array<i64> = zeros([2, 2]).unwrap().t();
    add::at(&mut c, (Array::from([0i64]).reshape([1, 1]).unwrap(), [0i64, 1]), 1).unwrap();
    assert_eq!(c.to_vec(), [1, 1, 0, 0]);
    add::at(&mut c, ([0, 1], 1), 7).unwrap();
    add::at(&mut c, 0, 100).unwrap();
    assert_eq!(c.to_vec(), [101, 108, 0, 7]);
}

#[test]
fn indices_out_of_bounds_change_nothing() {
    let mut a: Array<i64> = zeros(5).unwrap();
    let error = add::at(&mut a, Array::from([0i64, 7]), 1).unwrap_err();
    assert!(
        error.is_index() && error.to_string().contains("index 7") && error.to_string().contains("5 element"),
        "{error}"
    );
    assert!(add::at(&mut a, Array::from([0i64, -6]), 1).unwrap_err().to_string().contains("-6"));
    assert!(add::at(&mut a, Array::from([0i8, i8::MIN]), 1).unwrap_err().is_index());
    assert!(add::at(&mut a, (Array::from([0i64]), Array::from([0i64])), 1).unwrap_err().is_index());
    assert!(add::at(&mut a, Array::from([0i64, 1]), &Array::from([1i64, 2, 3])).unwrap_err().is_shape());
    assert!(add::at(&mut a, Array::from([0i64]), &Array::from([0.5])).unwrap_err().is_dtype());
    assert_eq!(a.to_vec(), [0; 5]);
    let mut nothing: Array<f64> = zeros(0).unwrap();
    assert!(sqrt::at(&mut nothing, Array::from([0i64])).unwrap_err().is_index());
    sqrt::at(&mut nothing, zeros::<i64>(0).unwrap()).unwrap();
    assert!(sqrt::at(&mut scalar(1.0), Array::from([0i64])).unwrap_err().is_index());
    let mut integers = Array::from([4i64]);
    assert!(divide::at(&mut integers, Array::from([0i64]), 2).unwrap_err().is_dtype());
}

#[test]
fn closures_over_any_layout() {
    let mut rng = Rng::with_seed(5);
    let offset = 0.25;
    let one = vectorize(|x: f64| x * x + offset);
    let two = vectorize(|x: f64, y: i32| x + f64::from(y));
    let three = vectorize(|x: f32, y: f64, z: bool| if z { f64::from(x) } else { y });
    for _ in 0..200 {
        let shape = random_shape(&mut rng);
        let part = shape_to_broadcast(&mut rng, &shape);
        let (a, b) = (random_array(&mut rng, &shape, any), random_array(&mut rng, &part, |rng| rng.i16(..)));
        let expected: Vec<f64> = elements(&a).iter().map(|x| x * x + offset).collect();
        assert_eq!(elements(&one.call(&a).unwrap()), expected);
        assert_eq!(elements(&one.call(a.copy()).unwrap()), expected);
        let mut out: Array<f64> = zeros(&shape[..]).unwrap();
        one.out(&a, &mut out).unwrap();
        assert_eq!(elements(&out), expected);
        let wide = elements(&b.broadcast_to(&shape[..]).unwrap());
        let expected: Vec<f64> = elements(&a).iter().zip(&wide).map(|(x, &y)| x + f64::from(y)).collect();
        assert_eq!(elements(&two.call(&a, &b).unwrap()), expected);
        let mut out: Array<array_core::complex128> = zeros(&shape[..]).unwrap();
        two.out(&a, &b, &mut out).unwrap();
        assert_eq!(elements(&out).iter().map(|z| z.re).collect::<Vec<_>>(), expected);
        let found = three.call(&b, &a, true).unwrap();
        assert_eq!(elements(&found), wide.iter().map(|&y| f64::from(y)).collect::<Vec<_>>());
    }
    assert_eq!(one.call(scalar(2.0)).unwrap().item().unwrap(), 4.25);
    let long = arange(1_000_000.0).unwrap();
    let squares = one.cost(10.0).call(&long).unwrap();
    assert!(elements(&squares).iter().enumerate().all(|(i, &y)| y == (i * i) as f64 + offset));
    assert!(two.call(arange(2.0).unwrap(), arange(3i32).unwrap()).unwrap_err().is_shape());
    let mut small: Array<i32> = zeros(3).unwrap();
    assert!(one.out(arange(3.0).unwrap(), &mut small).unwrap_err().is_dtype());
}

#[test]
fn reductions_by_closures_go_from_first_to_last() {
    let mut rng = Rng::with_seed(6);
    let f = |a: f64, b: f64| 0.5 * a - b;
    let own = vectorize(f);
    for _ in 0..200 {
        let mut shape = random_shape(&mut rng);
        shape.insert(0, rng.usize(1..20));
        let a = random_array(&mut rng, &shape, any);
        for axis in 0..shape.len() {
            let moved: Vec<isize> =
                (0..shape.len()).filter(|&i| i != axis).chain([axis]).map(|i| i as isize).collect();
            let last = a.transpose(&moved).unwrap();
            let length = shape[axis];
            if length == 0 {
                assert_eq!(
                    own.reduce(&a, axis as isize).is_err(),
                    moved.len() == 1 || last.shape()[..moved.len() - 1].iter().all(|&n| n > 0)
                );
                continue;
            }
            let lanes: Vec<Vec<f64>> = elements(&last).chunks(length).map(<[f64]>::to_vec).collect();
            let folded: Vec<f64> = lanes.iter().map(|lane| lane.iter().copied().reduce(f).unwrap()).collect();
            let found = own.reduce(&a, axis as isize - shape.len() as isize).unwrap();
            assert_eq!(found.to_vec(), folded);
            let running: Vec<f64> = lanes
                .iter()
                .flat_map(|lane| (0..length).map(|i| lane[..=i].iter().copied().reduce(f).unwrap()))
                .collect();
            let found = own.accumulate(&a, axis as isize).unwrap().transpose(&moved).unwrap();
            assert_eq!(elements(&found), running);
            let indices: Vec<usize> = (0..rng.usize(0..6)).map(|_| rng.usize(0..length)).collect();
            let parts: Vec<f64> = lanes
                .iter()
                .flat_map(|lane| {
                    (0..indices.len()).map(|i| {
                        let end = indices.get(i + 1).copied().unwrap_or(length).max(indices[i] + 1);
                        lane[indices[i]..end].iter().copied().reduce(f).unwrap()
                    })
                })
                .collect();
            let found = own.reduceat(&a, &indices, axis as isize).unwrap().transpose(&moved).unwrap();
            assert_eq!(elements(&found), parts);
        }
    }
    for _ in 0..200 {
        let shape: Vec<usize> = (0..rng.usize(0..4)).map(|_| rng.usize(1..5)).collect();
        let a = random_array(&mut rng, &shape, any);
        let axes: Vec<isize> = (0..shape.len() as isize).filter(|_| rng.bool()).collect();
        let mask = Array::from_vec((0..a.len()).map(|_| rng.bool()).collect()).reshape(&shape[..]).unwrap();
        let order: Vec<isize> = (0..shape.len() as isize)
            .filter(|axis| !axes.contains(axis))
            .chain(axes.iter().copied())
            .collect();
        let count: usize = axes.iter().map(|&axis| shape[axis as usize]).product();
        let groups = elements(&a.transpose(&order).unwrap());
        let masks = mask.transpose(&order).unwrap().to_contiguous().to_vec();
        let fold = |initial: Option<f64>, masked: bool| -> Vec<f64> {
            let pairs: Vec<(f64, bool)> = groups.iter().copied().zip(masks.iter().copied()).collect();
            let taken = |group: &[(f64, bool)]| {
                group.iter().filter(|pair| !masked || pair.1).map(|pair| pair.0).collect::<Vec<_>>()
            };
            let one = |group: Vec<f64>| initial.into_iter().chain(group).reduce(f).unwrap();
            pairs.chunks(count).map(|group| one(taken(group))).collect()
        };
        let plain = own.reduce(&a, &axes[..]).unwrap();
        assert_eq!(plain.to_vec(), fold(None, false));
        let kept = own.reduce(&a, over(&axes[..]).keepdims()).unwrap();
        assert_eq!((kept.ndim(), kept.to_vec()), (a.ndim(), fold(None, false)));
        let begun = own.reduce(&a, over(&axes[..]).initial(2.5)).unwrap();
        assert_eq!(begun.to_vec(), fold(Some(2.5), false));
        let some = own.reduce(&a, over(&axes[..]).initial(2.5).where_(&mask)).unwrap();
        assert_eq!(some.to_vec(), fold(Some(2.5), true));
    }
    let a = arange(3.0).unwrap();
    assert!(own.reduce(&a, 1).unwrap_err().is_index());
    assert!(own.reduceat(&a, &[3], 0).unwrap_err().is_index());
    assert!(own.reduce(&zeros(0).unwrap(), 0).unwrap_err().is_value());
}

#[test]
fn a_closure_may_panic() {
    let touchy =
        vectorize(|x: f64| if x == 70_000.0 { panic!("seventy thousand") } else { x + 1.0 }).cost(100.0);
    let a = arange(100_000.0).unwrap();
    assert!(catch_unwind(|| touchy.call(&a)).is_err());
    let kept = arange(100_000.0).unwrap();
    let mut shared = kept.clone();
    assert!(catch_unwind(AssertUnwindSafe(|| touchy.out(&a, &mut shared))).is_err());
    assert_eq!(shared, kept, "an array that was shared keeps its values");
    let mut own: Array<f64> = zeros(100_000).unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| touchy.out(&a, &mut own))).is_err());
    assert!(elements(&own).iter().enumerate().all(|(i, &y)| y == 0.0 || y == i as f64 + 1.0));
    let mask = from_fn(100_000, |at| at[0] != 70_000).unwrap();
    touchy.out_where(&a, &mut own, &mask).unwrap();
    assert_eq!(own.get([70_000]).unwrap(), 0.0);
    let mut at = arange(5.0).unwrap();
    let odd = vectorize(|x: f64| if x == 3.0 { panic!("three") } else { -x });
    let all = arange(5i64).unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| odd.at(&mut at, &all))).is_err());
    assert_eq!(at.len(), 5);
}

#[test]
fn the_forms_of_several_results_have_out_too() {
    let mut out: Array<f64> = zeros(2).unwrap();
    where_::out(&Array::from([true, false]), &Array::from([1i64, 2]), 5, &mut out).unwrap();
    assert_eq!(out, Array::from([1.0, 5.0]));
    let mut out: Array<f64> = zeros(2).unwrap();
    round::out(&Array::from([2.345, -0.5]), 1, &mut out).unwrap();
    assert_eq!(out, Array::from([2.3, -0.5]));
    let mut out: Array<i64> = zeros(2).unwrap();
    power::out(&Array::from([2i64, -3]), 3, &mut out).unwrap();
    assert_eq!(out, Array::from([8i64, -27]));
    let mut powers = Array::from([2.0, 3.0]);
    power::at(&mut powers, [0, 0, 1], 2.0).unwrap();
    assert_eq!(powers, Array::from([16.0, 9.0]));
}

#[test]
fn powers_look_at_their_exponents_in_every_method() {
    let (mut bases, powers) = (Array::from([2i64, 3, -1]), Array::from([3i64, 0, 5]));
    let mut out: Array<i64> = zeros(3).unwrap();
    power::out_where(&bases, &powers, &mut out, &Array::from([true, false, true])).unwrap();
    assert_eq!(out, Array::from([8i64, 0, -1]));
    let table = power::outer(&Array::from([true, false]), &Array::from([true, false])).unwrap();
    assert_eq!(table.to_vec(), [1i8, 1, 0, 1]);
    power::at(&mut bases, [0, 0], 2).unwrap();
    assert_eq!(bases, Array::from([16i64, 3, -1]));
    let negative = Array::from([1i64, -2, 1]);
    let refusals = [
        power::out_where(&bases, &negative, &mut out, &scalar(true)),
        power::outer(&bases, &negative).map(|_| ()),
        power::at(&mut bases, [0, 1, 2], &negative),
    ];
    for refusal in refusals {
        assert!(refusal.unwrap_err().to_string().contains("[1] is -2"));
    }
    let i = Array::from([array_core::complex128::new(0.0, 1.0)]);
    assert_eq!(
        power::outer(&i, &Array::from([2i8])).unwrap().to_vec(),
        [array_core::complex128::new(-1.0, 0.0)]
    );
}
