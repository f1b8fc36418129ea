//! Programs that mean ill, without any `unsafe` of their own: closures that panic, functions called while others run,
//! iterators and kernels that lie, arrays that are written and read at once. What they get is an error, a panic or the
//! right result, and never memory that is not theirs. Run with sanitizers, too (`.ci/sanitizers`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};

use array_core::engine::at::{AtFunction, closure_at};
use array_core::engine::call::Source;
use array_core::engine::fold::Fold;
use array_core::engine::function::Function;
use array_core::engine::isa::Isa;
use array_core::engine::kernel::{Binary, Unary};
use array_core::engine::reduce::kernel::{Accumulate, Core, MOST_STATE};
use array_core::engine::reduce::{AxisSet, Options, reduce};
use array_core::engine::scan::scan;
use array_core::engine::target::{fresh, into_out};
use array_core::engine::{CastTo, call};
use array_core::*;
use rayon::prelude::*;

/// The bytes of a contiguous array's elements, whatever they are.
fn bytes<T: Element>(a: &Array<T>) -> Vec<u8> {
    assert!(a.is_contiguous());
    // SAFETY: so many bytes are the array's, and elements have no padding.
    unsafe { std::slice::from_raw_parts(a.as_ptr().cast::<u8>(), size_of::<T>() * a.len()) }.to_vec()
}

/// Memory that the next array of the size is likely to get, full of what nobody wrote there on purpose.
fn soil(length: usize) {
    drop(full([length], 0xa5a5_a5a5_a5a5_a5a5_u64).unwrap());
}

fn panics<R>(f: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

/// Sums, of one dtype in another and to a third.
struct Sums;
macro_rules! sums {
    ($($item:ty, $output:ty;)*) => {$(
        impl Core<$item> for Sums {
            type State = $item;
            const COST: f32 = 1.0;
            const ASSOCIATIVE: bool = false;
            fn empty() -> $item {
                0 as $item
            }
            fn step(state: $item, x: $item, _: usize) -> $item {
                state + x
            }
            fn merge(a: $item, b: $item) -> $item {
                a + b
            }
        }
        impl Accumulate<$item> for Sums {
            type Work = $item;
            type Core = Sums;
            type Output = $output;
            fn finish(state: $item, _: f64) -> $output {
                CastTo::<$output>::cast(state)
            }
        }
    )*};
}
sums! { f32, complex128; u8, bool; f64, f64; }

#[test]
fn results_wider_than_states_are_scanned_into_any_layout() {
    let a: Array<f32> = ones([3, 2000]).unwrap();
    for layout in [s![.., ..;-1], s![.., ..]] {
        for axis in [0, 1] {
            let mut out = zeros::<complex128>([2000, 3]).unwrap().t().slice(&layout).unwrap();
            into_out("sums", &mut out, Casting::SameKind, |target| scan::<Sums, f32>(&a, axis, None, target))
                .unwrap();
            let expected = complex128::new(if axis == 0 { 3.0 } else { 2000.0 }, 0.0);
            assert_eq!(out.get([-1, -1]).unwrap(), expected);
        }
    }
}

#[test]
fn what_is_no_bool_becomes_one() {
    let a = Array::from([0u8, 2, 5, 64]);
    let found = fresh(|target| scan::<Sums, u8>(&a, 0, None, target)).unwrap();
    assert_eq!(bytes(&found), [0, 1, 1, 1]);
}

/// Panics at the element that is 7; of others it says what is not so.
struct Lies;
impl Binary<u64> for Lies {
    type Output = u64;
    const COST: f32 = 1e4;
    const HAS_RARE: bool = true;
    fn call<I: Isa>(a: u64, b: u64) -> u64 {
        assert!(a != 7 && b != 7, "a seven");
        a.wrapping_add(b)
    }
    fn is_rare(a: u64, _: u64) -> bool {
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        a.is_multiple_of(3) ^ CALLS.fetch_add(1, Ordering::Relaxed).is_multiple_of(2)
    }
}
impl Unary<u64> for Lies {
    type Output = u64;
    const COST: f32 = 1e4;
    // It does not.
    const COPIES: bool = true;
    fn call<I: Isa>(a: u64) -> u64 {
        a + 1
    }
}

#[test]
fn a_panic_that_is_caught_gives_no_results() {
    let mut a: Array<u64> = ones([8, 300]).unwrap();
    a.set([4, 200], 7).unwrap();
    let all = AxisSet::new(Some(&[0]), 2).unwrap();
    let fold = Fold::new::<Lies>();
    for threads in [1, 4] {
        with_threads(threads, || {
            soil(300);
            assert!(panics(|| fresh(|target| {
                assert!(panics(|| fold.reduce(&a, &all, false, None, None, target)));
                assert!(panics(|| println!("{:?}", target.results())));
                println!("{target:?}");
                Ok(())
            })));
            soil(2400);
            assert!(panics(|| fresh(|target| {
                assert!(panics(|| fold.accumulate(&a, 0, target)));
                Ok(())
            })));
            // After that it may be done right.
            let done = fresh(|target| {
                assert!(panics(|| fold.reduce(&a, &all, false, None, None, target)));
                target.put(zeros([300])?)
            });
            assert_eq!(done.unwrap().to_vec(), [0; 300]);
            // What is there keeps old values or has new ones.
            let mut out = full([300], 5u64).unwrap();
            let caught = into_out("lies", &mut out, Casting::SameKind, |target| {
                assert!(panics(|| fold.reduce(&a, &all, false, None, None, target)));
                Ok(())
            });
            assert!(caught.is_ok() && out.iter().all(|&x| x == 5 || x == 8));
        });
    }
    assert_eq!(call::unary::<Lies, u64, u64, u64>(Source::Borrowed(&a)), a);
}

/// A partial result of as many bytes as it may have.
struct Wide;
const WIDTH: usize = MOST_STATE / size_of::<f64>();
impl Core<f64> for Wide {
    type State = [f64; WIDTH];
    const COST: f32 = 100.0;
    const ASSOCIATIVE: bool = false;
    const SETTLES: bool = true;
    fn empty() -> [f64; WIDTH] {
        [0.0; WIDTH]
    }
    fn step(mut state: [f64; WIDTH], x: f64, position: usize) -> [f64; WIDTH] {
        state[position % WIDTH] += x;
        state
    }
    fn merge(a: [f64; WIDTH], b: [f64; WIDTH]) -> [f64; WIDTH] {
        std::array::from_fn(|i| a[i] + b[i])
    }
}
impl Accumulate<f64> for Wide {
    type Work = f64;
    type Core = Wide;
    type Output = f64;
    fn finish(state: [f64; WIDTH], _: f64) -> f64 {
        state.iter().sum()
    }
}

#[test]
fn states_of_any_size_have_room() {
    let a: Array<f64> = ones([70, 90]).unwrap();
    for threads in [1, 4] {
        with_threads(threads, || {
            for (axes, each) in [(None, 6300.0), (Some(&[0][..]), 70.0), (Some(&[1][..]), 90.0)] {
                let options = Options { axes, keepdims: false, mask: None };
                for a in [&a, &a.t().slice(s![..;-1]).unwrap().t()] {
                    let found = fresh(|target| reduce::<Wide, f64>(a, &options, &|_| 1.0, target)).unwrap();
                    assert!(found.iter().all(|&x| x == each));
                }
            }
        });
    }
    let nothing = zeros::<f64>([3, 0]).unwrap();
    let options = Options { axes: Some(&[1]), keepdims: true, mask: None };
    let found = fresh(|target| reduce::<Wide, f64>(&nothing, &options, &|_| 1.0, target)).unwrap();
    assert_eq!(found, zeros([3, 1]).unwrap());
}

#[test]
fn elements_beyond_all_memory_are_not_gathered() {
    for count in [1usize << 45, 1 << 50, 1 << 61] {
        let (a, mask) =
            (scalar(1.0).broadcast_to([count]).unwrap(), scalar(true).broadcast_to([count]).unwrap());
        let options = Options { axes: None, keepdims: false, mask: Some(&mask) };
        let found = fresh(|target| reduce::<Sums, f64>(&a, &options, &|_| 1.0, target));
        assert!(found.unwrap_err().is_memory());
        let mut out = scalar(5.0);
        let found = into_out("sums", &mut out, Casting::SameKind, |target| {
            reduce::<Sums, f64>(&a, &options, &|_| 1.0, target)
        });
        assert!(found.unwrap_err().is_memory());
        assert_eq!(out, scalar(5.0), "nothing is written");
    }
}

#[test]
fn a_closure_is_no_array() {
    let (mut a, none) = (zeros::<u64>([4]).unwrap(), zeros::<u64>([0]).unwrap());
    let function = Function::binary::<Lies, u64>();
    assert!(panics(|| closure_at(function, Source::Borrowed(&none).argument(), &mut a, [0, 1])));
    let _ = AtFunction::from(function);
}

#[test]
fn closures_may_panic_anywhere() {
    let at = |n: usize| move |i: usize| assert_ne!(i, n, "on purpose");
    for n in [0, 1, 63, 999] {
        soil(1000);
        assert!(panics(|| from_fn([10, 100], |i| {
            at(n)(i[0] * 100 + i[1]);
            1.5
        })));
        let mut a = arange(1000i64).unwrap().reshape([10, 100]).unwrap().t();
        assert!(panics(|| a.iter().for_each(|&i| at(n)(i as usize))));
        assert!(panics(|| a.par_iter().for_each(|&i| at(n)(i as usize))));
        assert!(panics(|| a.par_iter_mut().for_each(|i| at(n)(std::mem::take(i) as usize))));
        assert!(panics(|| Array::from_iter(
            arange(1000i64).unwrap().into_iter().inspect(|&i| at(n)(i as usize))
        )));
        assert!(a.iter().all(|&i| (0..1000).contains(&i)));
        let first = a.get([0, 0]).unwrap();
        assert!(panics(|| with_threads(3, || at(n)(n))));
        assert!(panics(|| a.par_rows_mut().unwrap().for_each(|mut row| {
            row.fill(-1);
            at(0)(0);
        })));
        assert!([first, -1].contains(&a.get([0, 0]).unwrap()));
    }
    let released = std::sync::Arc::new(AtomicUsize::new(0));
    for kind in 0..3 {
        let told = released.clone();
        static MEMORY: [u8; 64] = [1; 64];
        let pointer = std::ptr::NonNull::from(&MEMORY).cast();
        // SAFETY: the memory is always there, and nobody writes to it.
        let buffer = unsafe {
            Buffer::from_foreign(pointer, 64, false, move || {
                told.fetch_add(1, Ordering::Relaxed);
                // In the midst of letting go of memory, memory is asked for and let go of.
                drop((zeros::<f64>([3]).unwrap(), zeros::<f64>([100_000]).unwrap()));
                assert_ne!(kind, 1, "on purpose");
            })
        };
        let other = buffer.clone();
        assert!(!panics(|| drop(buffer)));
        assert_eq!(panics(|| drop(other)), kind == 1);
    }
    assert_eq!(released.load(Ordering::Relaxed), 3);
}

/// Says that it has more, or fewer, than it has.
struct Liar(usize, usize);
impl Iterator for Liar {
    type Item = f32;
    fn next(&mut self) -> Option<f32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0 as f32)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.1, Some(self.1))
    }
}
impl ExactSizeIterator for Liar {}

#[test]
fn iterators_may_lie() {
    for (has, says) in [(0, 1000), (1000, 0), (100, 101), (100, 99)] {
        assert_eq!(Liar(has, says).collect::<Array<f32>>().len(), has);
        let a: Array<i64> = arange(100i64).unwrap();
        assert!(a.iter().zip(Liar(has, says)).count() <= 100);
    }
}

#[test]
fn functions_are_called_while_others_run() {
    let a = arange(3000i64).unwrap().reshape([30, 100]).unwrap();
    let expected: i64 = a.iter().sum();
    let seen = Mutex::new(0);
    a.par_axis_iter(0).unwrap().for_each(|row| {
        // Of the same array, on these threads and on others.
        let inner = with_threads(2, || (&a + &a).par_iter().sum::<i64>());
        assert_eq!(inner, 2 * expected);
        let mut own = a.clone();
        own.sort(1).unwrap();
        own.par_iter_mut().for_each(|x| *x -= 1);
        *seen.lock().unwrap() += row.iter().sum::<i64>();
    });
    assert_eq!((seen.into_inner().unwrap(), a.iter().sum::<i64>()), (expected, expected));
    let table = from_fn([20, 20], |i| {
        let inner = from_fn([50], |j| (i[0] * j[0]) as f64).unwrap();
        sort(&inner.slice(s![..;-1]).unwrap(), 0).unwrap().get([i[1] as isize]).unwrap()
    });
    assert_eq!(table.unwrap().get([3, 4]).unwrap(), 12.0);
}

#[test]
fn an_array_is_all_operands_at_once() {
    let start = arange(24i64).unwrap().reshape([4, 6]).unwrap();
    type Part = fn(&Array<i64>) -> Array<i64>;
    let parts: [Part; 5] = [
        Array::clone,
        |a| flip(a, ..).unwrap(),
        |a| a.slice(s![1, ..]).unwrap(),
        |a| a.slice(s![..;-1, ..1]).unwrap(),
        |a| a.reshape([6, 4]).unwrap().t(),
    ];
    for part in parts {
        for holds in [true, false] {
            let check = |change: &dyn Fn(&mut Array<i64>, &Array<i64>)| {
                let (mut a, mut b) = (start.copy(), start.copy());
                let other = part(&b);
                change(&mut b, &other.copy());
                let kept = part(&a);
                let held = holds.then(|| a.clone());
                change(&mut a, &kept);
                assert_eq!(a, b);
                assert_eq!(kept, part(&start), "others keep what they see");
                assert!(held.is_none_or(|held| held == start));
            };
            check(&|a, other| a.assign(s![..], other).unwrap());
            check(&|a, other| a.slice_mut(s![..]).unwrap().assign(&other.view()));
            check(&|a, other| *a += other);
            check(&|a, other| put(a, other.slice(s![..;-1]).unwrap(), other).unwrap());
            check(&|a, other| {
                let at = remainder_of(other);
                put_along_axis(a, &at, &at, 1).unwrap();
            });
            check(&|a, other| a.assign(s![&(&remainder_of(other) - 2)], &scalar(1)).unwrap());
            check(&|a, other| {
                let small = &remainder_of(other);
                a.assign(s![small, small], small).unwrap();
            });
            check(&|a, other| *a = take(other, remainder_of(other), ..).unwrap());
        }
    }
}

/// Positions within the shortest axis, of two axes.
fn remainder_of(a: &Array<i64>) -> Array<i64> {
    let at: Array<i64> = a.iter().map(|x| x % 4).collect();
    if a.ndim() == 2 { at.reshape(a.shape()).unwrap() } else { at.reshape([1, a.len()]).unwrap() }
}

#[test]
fn blocks_go_from_hand_to_hand() {
    // Kept blocks are what is to be tried, whatever the environment says.
    buffer::set_cache_limit(32 << 20);
    let (send, receive) = mpsc::channel::<Array<u64>>();
    let receive = Mutex::new(receive);
    std::thread::scope(|scope| {
        for thread in 0..6u64 {
            let (send, receive) = (send.clone(), &receive);
            scope.spawn(move || {
                let mut seed = thread;
                for round in 0..200u64 {
                    seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let length = [3, 60, 500, 1000, 9000, 40_000][(seed >> 33) as usize % 6];
                    let mark = thread << 32 | round;
                    let a = full([length], mark).unwrap();
                    let copies = [a.clone(), a.slice(s![..;2]).unwrap(), &a + 0u64];
                    assert!(copies.iter().all(|copy| copy.iter().all(|&x| x == mark)));
                    send.send(a).unwrap();
                    if let Ok(other) = receive.lock().unwrap().try_recv() {
                        let first = other.get([0]).unwrap();
                        assert!(other.iter().all(|&x| x == first));
                        if round % 50 == 7 {
                            buffer::set_cache_limit(((round % 3) as usize) << 20);
                        }
                    }
                }
            });
        }
    });
}

/// Arguments of a caller's own types that say one thing and give another.
struct Deceit(Vec<usize>);
impl Repeats for Deceit {
    fn counts(&self, _: usize) -> Result<Vec<usize>> {
        Ok(self.0.clone())
    }
}
impl PadWidths for Deceit {
    fn widths(&self, _: usize) -> Result<smallvec::SmallVec<[(usize, usize); 6]>> {
        Ok(self.0.iter().map(|&n| (n, n)).collect())
    }
}

#[test]
fn arguments_may_lie() {
    let a = ones::<u8>([4, 3]).unwrap();
    for counts in [vec![], vec![1; 3], vec![1; 8], vec![2; 100], vec![usize::MAX, 2]] {
        for axis in [0, 1] {
            soil(100);
            let found = repeat(&a, Deceit(counts.clone()), axis);
            let fits = counts.len() == a.shape()[axis as usize];
            assert!(if fits { found.is_ok() } else { found.is_err() }, "{counts:?}");
        }
    }
    for widths in [vec![], vec![1], vec![1; 3]] {
        for mode in [PadMode::Constant(7), PadMode::Edge, PadMode::Wrap] {
            assert!(pad(&a, Deceit(widths.clone()), mode).unwrap_err().is_value());
        }
    }
}

#[test]
fn axes_without_number_overflow_no_stack() {
    let shape = vec![1usize; 200_000];
    let a = scalar(1.5).reshape(&shape).unwrap();
    let text = a.to_string();
    assert!(text.starts_with("[[[[") && text.contains("1.5") && text.len() > 400_000);
    let options = PrintOptions::default().threshold(0).edge_items(0);
    println!("{}", array_str(&scalar(1.5).reshape(vec![1usize; 300]).unwrap(), &options).len());
    assert_eq!((&a + &a).as_slice(), Some(&[3.0][..]));
    let mut bytes = Vec::new();
    assert!(write_npy(&mut bytes, &a).is_ok());
    assert!(read_npy::<f64>(&mut &bytes[..]).unwrap_err().is_file());
}

#[test]
fn what_returns_a_result_does_not_panic() {
    let endless = scalar(1.5).broadcast_to([1usize << 50]).unwrap();
    let pairs = scalar(complex128::new(1.0, 2.0)).broadcast_to([1usize << 60]);
    let path = std::env::temp_dir().join(format!("numpypy-adversary-{}", std::process::id()));
    let options = TextOptions::default();
    assert!(savetxt(&path, &endless, &options).unwrap_err().is_memory());
    for decimals in [usize::MAX, 1 << 16, 70_000] {
        let options = TextOptions { decimals: Some(decimals), ..TextOptions::default() };
        let _ = savetxt(&path, &Array::from([1.5, f64::NAN]), &options);
    }
    let mut file = NpzWriter::new(std::io::Cursor::new(Vec::new()));
    assert!(file.add("pairs", &pairs.unwrap()).unwrap_err().is_memory());
    let _ = file.add(&"x".repeat(1 << 17), &endless.slice(s![..3]).unwrap());
    let _ = file.finish();
    let _ = std::fs::remove_file(&path);
    let (row, short) = (vec![1.5; 1 << 20], [1.5; 1]);
    let mut rows = vec![&row[..]; 1 << 20];
    assert!(Array::try_from(&rows[..]).unwrap_err().is_memory());
    rows[0] = &short;
    assert!(Array::try_from(&rows[..]).unwrap_err().is_shape());
    let square = scalar(1.5).broadcast_to([1usize << 20, 1 << 20]).unwrap();
    assert!(Vec::<Vec<f64>>::try_from(square).unwrap_err().is_memory());
    assert_eq!(vander(&Array::from([i32::MAX, 3]), 3, true).unwrap(), [[1, i32::MAX, 1], [1, 3, 9]]);
    assert_eq!(vander(&Array::from([200u8]), 3, false).unwrap(), [[64, 200, 1]]);
}

/// What has no `Result` may panic, but must not end the process.
#[test]
fn endless_arrays_are_not_printed_whole() {
    let endless = scalar(1.5).broadcast_to([1usize << 50]).unwrap();
    for options in [
        PrintOptions::default().threshold(usize::MAX),
        PrintOptions::default().edge_items(1 << 45),
        PrintOptions::default().edge_items(0),
    ] {
        assert!(panics(|| array_str(&endless, &options)));
        assert!(panics(|| array_repr(&endless, &options)));
    }
}
