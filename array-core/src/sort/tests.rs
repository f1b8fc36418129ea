//! Sorting, selecting and positions against the standard library's sort, of all dtypes and many patterns.

use std::cmp::Ordering;

use super::order::Sortable;
use crate::{
    Array, Side, argpartition, argsort, complex64, complex128, f16, partition, searchsorted, sort, unique,
    unique_all, with_threads,
};

/// A stream of numbers that look random.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// A dtype whose values can be made of bits, and seen as such.
trait Bits: Sortable {
    fn of(bits: u64) -> Self;
    fn seen(self) -> u128;
}

macro_rules! bits {
    ($($type:ty: |$bits:ident| $of:expr, |$x:ident| $seen:expr;)*) => {$(
        impl Bits for $type {
            fn of($bits: u64) -> Self {
                $of
            }
            fn seen(self) -> u128 {
                let $x = self;
                ($seen) as u128
            }
        }
    )*};
}
bits! {
    bool: |bits| bits & 1 == 1, |x| x;
    i8: |bits| bits as i8, |x| x;
    i16: |bits| bits as i16, |x| x;
    i32: |bits| bits as i32, |x| x;
    i64: |bits| bits as i64, |x| x;
    u8: |bits| bits as u8, |x| x;
    u16: |bits| bits as u16, |x| x;
    u32: |bits| bits as u32, |x| x;
    u64: |bits| bits, |x| x;
    f16: |bits| f16::from_bits(bits as u16), |x| x.to_bits();
    f32: |bits| f32::from_bits(bits as u32), |x| x.to_bits();
    f64: |bits| f64::from_bits(bits), |x| x.to_bits();
    complex64: |bits| complex64::new(f32::of((bits % 5) << 29), f32::of(bits >> 32)), |x| x.im.to_bits();
    complex128: |bits| complex128::new(f64::of((bits % 3) << 61), f64::of(bits)), |x| x.im.to_bits();
}

/// What values are made of: bits of numbers, in some order.
fn pattern(kind: usize, length: usize, stream: &mut Stream) -> Vec<u64> {
    let special = [
        0,
        1,
        1 << 63,
        (1 << 63) + 1,
        f64::INFINITY.to_bits(),
        f64::NEG_INFINITY.to_bits(),
        f64::NAN.to_bits(),
        (-f64::NAN).to_bits(),
        u64::MAX,
        u64::MAX >> 1,
        u64::from(f32::NAN.to_bits()),
        u64::from(f32::INFINITY.to_bits()),
        u64::from(f16::NAN.to_bits()),
        1 << 31,
        1 << 15,
        0x8000_0000_8000_8080,
    ];
    (0..length)
        .map(|i| match kind {
            0 => stream.next(),
            1 => i as u64,
            2 => (length - i) as u64,
            3 => 7,
            4 => stream.next() % 7,
            5 => i.min(length - i) as u64,
            6 => special[stream.below(special.len())],
            // Upper bits that many share.
            7 => (1.5 + (stream.next() % 3) as f64).to_bits() + stream.next() % 1000,
            8 => f64::to_bits(stream.next() as f64 / u64::MAX as f64),
            9 => {
                if i % 50 == 0 {
                    stream.next()
                } else {
                    i as u64
                }
            }
            _ => stream.next() << 40,
        })
        .collect()
}

const KINDS: usize = 11;

fn check<T: Bits>(length: usize, kind: usize, stream: &mut Stream) {
    let values: Vec<T> = pattern(kind, length, stream).into_iter().map(T::of).collect();
    let about = || format!("{} of kind {kind}, {length} long", T::DTYPE);
    let a = Array::from_vec(values.clone());
    let mut expected: Vec<(T, i64)> = values.iter().copied().zip(0..).collect();
    expected.sort_by(|a, b| a.0.order(&b.0));
    let same = |a: &T, b: &T| a.order(b) == Ordering::Equal;

    let sorted = sort(&a, 0).unwrap().to_vec();
    assert!(sorted.iter().zip(&expected).all(|(x, y)| same(x, &y.0)), "sort: {}", about());
    // Nothing lost: each zero is still there.
    let zeros = |values: &[T]| values.iter().filter(|x| **x == T::ZERO).map(|x| x.seen() >> 1).sum::<u128>();
    assert_eq!(zeros(&sorted), zeros(&values), "sort: {}", about());

    let positions = argsort(&a, 0).unwrap().to_vec();
    assert!(positions.iter().zip(&expected).all(|(x, y)| *x == y.1), "argsort: {}", about());

    if length > 0 {
        let mut kth = [stream.below(length) as isize, stream.below(length) as isize];
        for several in [false, true] {
            if !several {
                kth[1] = kth[0];
            }
            let parted = partition(&a, kth, 0).unwrap().to_vec();
            let positions = argpartition(&a, kth, 0).unwrap().to_vec();
            let mut seen = positions.clone();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..length as i64), "argpartition: {}", about());
            let at: Vec<T> = positions.iter().map(|&i| values[i as usize]).collect();
            for found in [parted, at] {
                for k in kth {
                    let k = k as usize;
                    assert!(same(&found[k], &expected[k].0), "partition: {}", about());
                    assert!(
                        found[..k].iter().all(|x| x.order(&found[k]) != Ordering::Greater),
                        "{}",
                        about()
                    );
                    assert!(found[k..].iter().all(|x| x.order(&found[k]) != Ordering::Less), "{}", about());
                }
                let mut found: Vec<T> = found;
                found.sort_by(T::order);
                assert!(found.iter().zip(&expected).all(|(x, y)| same(x, &y.0)), "partition: {}", about());
            }
        }
    }

    let mut distinct: Vec<T> = expected.iter().map(|pair| pair.0).collect();
    distinct.dedup_by(|a, b| same(a, b) || a.is_last() && b.is_last());
    let found = unique(&a).unwrap().to_vec();
    assert!(
        found.len() == distinct.len() && found.iter().zip(&distinct).all(|(x, y)| same(x, y)),
        "{}",
        about()
    );
    let all = unique_all(&a).unwrap();
    assert_eq!(all.counts.to_vec().iter().sum::<i64>(), length as i64);
    for (i, group) in all.inverse.to_vec().into_iter().enumerate() {
        assert!(same(&values[i], &all.values.get([group as isize]).unwrap()), "{}", about());
    }

    let line = Array::from_vec(sorted.clone());
    let asked: Vec<T> =
        values.iter().copied().take(70).chain((0..70).map(|_| T::of(stream.next()))).collect();
    let asked = Array::from_vec(asked);
    for side in [Side::Left, Side::Right] {
        let found = searchsorted(&line, &asked, side).unwrap().to_vec();
        for (x, found) in asked.to_vec().into_iter().zip(found) {
            let before = |y: &T| match side {
                Side::Left => y.order(&x) == Ordering::Less,
                Side::Right => y.order(&x) != Ordering::Greater,
            };
            assert_eq!(sorted.partition_point(before) as i64, found, "searchsorted: {}", about());
        }
    }
}

fn check_all<T: Bits>() {
    let stream = &mut Stream(0x9e37_79b9_7f4a_7c15);
    let lengths = (0..70).chain([127, 128, 129, 255, 256, 257, 300, 511, 512, 513, 700, 1000, 1999]);
    for length in lengths {
        // Of short lanes any three kinds.
        let kinds = if length < 70 { 3 } else { KINDS };
        let first = stream.below(KINDS);
        for kind in first..first + kinds {
            check::<T>(length, kind % KINDS, stream);
        }
    }
    for kind in [0, 4, 6, 7, 9] {
        let length = 4_000 + stream.below(16_000);
        check::<T>(length, kind, stream);
    }
}

macro_rules! all_dtypes {
    ($($name:ident: $($type:ty)*;)*) => {$(
        #[test]
        fn $name() {
            $(check_all::<$type>();)*
        }
    )*};
}
all_dtypes! {
    small_integers: bool i8 i16 u8 u16;
    integers: i32 i64 u32 u64;
    floats: f16 f32 f64;
    complex_numbers: complex64 complex128;
}

#[test]
fn long_lanes_are_sorted_the_same_on_any_number_of_threads() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(4).use_current_thread().build().unwrap();
    // This thread is in the pool: what goes in and out of one ThreadSanitizer cannot follow.
    pool.install(|| {
        let stream = &mut Stream(1);
        for kind in [0, 4, 6, 8] {
            let bits = pattern(kind, 300_001, stream);
            let a: Array<f64> = bits.iter().map(|&bits| f64::of(bits)).collect();
            let b: Array<i32> = bits.iter().map(|&bits| i32::of(bits)).collect();
            let all = || (sort(&a, 0).unwrap(), argsort(&a, 0).unwrap(), sort(&b, 0).unwrap());
            let (x, y, z) = with_threads(1, all);
            let (u, v, w) = all();
            let bits = |x: Array<f64>| x.to_vec().into_iter().map(f64::to_bits).collect::<Vec<_>>();
            assert_eq!((bits(x), y, z), (bits(u), v, w));
        }
    });
}

#[test]
fn no_order_takes_long() {
    // What a median of a few samples at fixed places would split badly: large ones where samples are taken.
    let n = 1 << 17;
    for modulus in [2usize, 4, 8, 16, 64, 512] {
        let a: Array<i64> = (0..n).map(|i| if i % (n / modulus) < 16 { i } else { n + i } as i64).collect();
        let sorted = sort(&a, 0).unwrap().to_vec();
        assert!(sorted.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
