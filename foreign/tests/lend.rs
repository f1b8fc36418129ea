//! Lent arrays: the same memory, the same elements, read-only, and released exactly once.

use std::sync::{Barrier, Mutex};

use array_core::{Array, Buffer, Element, complex64, complex128, f16, full, s, scalar};
use foreign::{ToPy, Value, builtin, py};

mod common;
use common::{define, numpy, turn};

/// Checks all that Python sees of a lent array against the array itself.
fn same<T: Element>(array: &Array<T>) {
    let np = numpy();
    let lent = array.to_py().unwrap();
    assert_eq!(py!(lent.dtype.name).unwrap().to_string(), T::DTYPE.name());
    assert_eq!(py!(lent.shape).unwrap().extract::<Vec<usize>>().unwrap(), array.shape());
    let strides: Vec<isize> = array.strides().iter().map(|s| s * size_of::<T>() as isize).collect();
    assert_eq!(py!(lent.strides).unwrap().extract::<Vec<isize>>().unwrap(), strides);
    assert_eq!(py!(lent.ctypes.data).unwrap().extract::<usize>().unwrap(), array.address());

    let flags = py!(lent.flags).unwrap();
    let flag = |name| flags.get_item(name).unwrap().is_truthy().unwrap();
    assert!(!flag("WRITEABLE") && !flag("OWNDATA") && flag("ALIGNED"));
    // NumPy's own opinion of the layout.
    let again = py!(np.lib.stride_tricks.as_strided(&lent, array.shape(), strides)).unwrap();
    for name in ["C_CONTIGUOUS", "F_CONTIGUOUS"] {
        let wanted = py!(again.flags[name]).unwrap().is_truthy().unwrap();
        assert_eq!(flag(name), wanted, "{name} of {:?} {:?}", array.shape(), array.strides());
    }

    let contiguous = array.to_contiguous();
    let bytes = size_of::<T>() * array.len();
    // SAFETY: a contiguous array of plain elements, read as bytes.
    let ours = unsafe { std::slice::from_raw_parts(contiguous.as_ptr().cast::<u8>(), bytes) };
    assert_eq!(py!(lent.tobytes()).unwrap().extract::<Value>().unwrap(), Value::Bytes(ours.to_vec()));
}

/// Every layout that an array can have.
fn every_layout<T: Element>(element: impl Fn(u8) -> T) {
    let flat: Array<T> = (0..24).map(element).collect::<Vec<T>>().into();
    let cube = flat.reshape([2, 3, 4]).unwrap();
    same(&flat);
    same(&cube);
    same(&cube.t());
    same(&cube.transpose(&[1, 0, 2]).unwrap());
    same(&cube.flip(0).unwrap());
    same(&cube.flip(2).unwrap().t());
    same(&cube.slice(s![.., 1, ..;2]).unwrap());
    same(&cube.slice(s![1.., ..;-2, 1..3]).unwrap());
    same(&flat.slice(s![..4]).unwrap().broadcast_to([3, 4]).unwrap());
    same(&flat.slice(s![3..3]).unwrap());
    same(&cube.slice(s![.., 1..1, ..]).unwrap());
    same(&Array::<T>::from(Vec::new()));
    same(&flat.reshape([1, 24, 1]).unwrap());
    same(&cube.slice(s![1, 2, 3]).unwrap());
}

#[test]
fn all_dtypes_in_all_layouts() {
    let _turn = turn();
    every_layout(|n| n % 3 == 0);
    every_layout(|n| n as i8 - 12);
    every_layout(|n| i16::from(n) * -300);
    every_layout(|n| i32::from(n) * 100_000);
    every_layout(|n| i64::from(n) << 40);
    every_layout(|n| n * 10);
    every_layout(|n| u16::from(n) * 2000);
    every_layout(|n| u32::MAX - u32::from(n));
    every_layout(|n| u64::MAX - u64::from(n));
    every_layout(|n| f16::from_f32(f32::from(n) / 4.0));
    every_layout(|n| f32::from(n) / 3.0);
    every_layout(|n| f64::from(n) / 3.0);
    every_layout(|n| complex64::new(n.into(), -1.0));
    every_layout(|n| complex128::new(n.into(), 0.5));
    same(&scalar(1.5f64));
    same(&full([1; 12], 7u8).unwrap());
}

#[test]
fn numpy_computes_with_it() {
    let _turn = turn();
    let np = numpy();
    let a = Array::from(vec![3.0, 4.0]);
    assert_eq!(py!(np.linalg.norm(&a)).unwrap().extract::<f64>().unwrap(), 5.0);
    assert_eq!(py!(np.add(&a, a.flip(0).unwrap())).unwrap().extract::<Vec<f64>>().unwrap(), [7.0, 7.0]);
    let kind = py!((builtin("type").unwrap())(&a)).unwrap();
    assert_eq!(kind, np.getattr("ndarray").unwrap(), "a real ndarray, no subclass");
    // In collections too.
    assert_eq!(py!(np.stack((&a, &a)).shape).unwrap().to_string(), "(2, 2)");
}

#[test]
fn it_cannot_be_written_to_nor_made_writable() {
    let _turn = turn();
    let a = Array::from(vec![1.0, 2.0]);
    let lent = a.to_py().unwrap();
    assert!(lent.set_item(0, 5.0).unwrap_err().is_exception_of("ValueError"));
    for array in [lent.clone(), py!(lent.view()).unwrap(), py!(lent.reshape((2, 1))).unwrap()] {
        assert!(py!(array.setflags(write = true)).unwrap_err().is_exception_of("ValueError"));
        assert!(py!(array.flags.writeable = true).unwrap_err().is_exception_of("ValueError"));
    }
    assert!(py!(lent.sort()).unwrap_err().is_exception_of("ValueError"));
    let memory = py!((builtin("memoryview").unwrap())(&lent)).unwrap();
    assert!(py!(memory.readonly).unwrap().is_truthy().unwrap());
    assert_eq!(a.to_vec(), [1.0, 2.0]);
}

#[test]
fn either_side_lets_go_first() {
    let _turn = turn();
    numpy();
    let before = Buffer::live_count();
    let mut a = Array::from(vec![1.0, 2.0]);
    assert!(a.is_unique());
    let lent = a.to_py().unwrap();
    assert!(!a.is_unique(), "Python holds it");
    let view = py!(lent.reshape((2, 1))).unwrap();
    drop(lent);
    assert!(!a.is_unique(), "a view in Python holds it");
    drop(view);
    assert!(a.is_unique(), "given back at once");

    let lent = a.to_py().unwrap();
    drop(a);
    assert_eq!(Buffer::live_count(), before + 1);
    assert_eq!(lent.extract::<Vec<f64>>().unwrap(), [1.0, 2.0]);
    drop(lent);
    assert_eq!(Buffer::live_count(), before);
}

#[test]
fn a_write_does_not_show_in_python() {
    let _turn = turn();
    let mut a = Array::from(vec![1.0, 2.0]);
    let lent = a.to_py().unwrap();
    a.set([0], 9.0).unwrap();
    assert_eq!(a.to_vec(), [9.0, 2.0]);
    assert_eq!(lent.extract::<Vec<f64>>().unwrap(), [1.0, 2.0]);
}

#[test]
fn a_failed_lend_gives_the_buffer_back() {
    let _turn = turn();
    numpy();
    let mut a = full([1; 70], 1.0).unwrap();
    let error = a.to_py().unwrap_err();
    assert!(error.is_exception_of("ValueError"), "NumPy has at most 64 axes: {error}");
    assert!(a.is_unique());
}

/// Kilobytes of memory in use.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_million_lends_leak_nothing() {
    let _turn = turn();
    let np = numpy();
    let a = Array::from(vec![1.0; 1000]);
    let work = |times: usize| {
        for _ in 0..times {
            let object = a.to_py().unwrap();
            let other = object.clone();
            drop(object);
            drop(other);
        }
    };
    work(10_000);
    let (before, live) = (resident(), Buffer::live_count());
    work(1_000_000);
    for _ in 0..100_000 {
        let b = Array::from(vec![1.0; 10]);
        let lent = b.to_py().unwrap();
        drop(b);
        assert!(lent.extract::<i32>().is_err());
    }
    for _ in 0..1000 {
        np.getattr("nothing").unwrap_err();
    }
    assert_eq!(Buffer::live_count(), live);
    let grown = resident().saturating_sub(before);
    assert!(grown < 4000, "grew by {grown} kB");
}

#[test]
fn objects_are_dropped_on_other_threads() {
    let _turn = turn();
    numpy();
    let before = Buffer::live_count();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for n in 0..2000 {
                    let a = Array::from(vec![f64::from(n); 4]);
                    let lent = a.to_py().unwrap();
                    let there = std::thread::spawn(move || drop(lent));
                    if n % 2 == 0 {
                        drop(a);
                    }
                    if n % 500 == 0 {
                        there.join().unwrap();
                    }
                }
            });
        }
    });
    // The threads that were not joined may still be about to drop.
    let patience = std::time::Instant::now();
    while Buffer::live_count() != before {
        assert!(patience.elapsed().as_secs() < 20, "{} are left", Buffer::live_count() - before);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn dropping_does_not_wait_for_whoever_holds_the_lock() {
    let _turn = turn();
    numpy();
    let before = Buffer::live_count();
    // `PyDLL` keeps the interpreter's lock while it calls: nobody else gets in for a second.
    let hog = define("import ctypes\ndef hog(): ctypes.PyDLL(None).usleep(1_000_000)");
    let lent = Array::from(vec![1.0; 4]).to_py().unwrap();
    let inside = Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            inside.wait();
            py!(hog.hog()).unwrap();
        });
        inside.wait();
        std::thread::sleep(std::time::Duration::from_millis(300));
        let start = std::time::Instant::now();
        drop(lent);
        assert!(start.elapsed().as_millis() < 100, "waited {:?}", start.elapsed());
        assert_eq!(Buffer::live_count(), before + 1, "it cannot be gone yet");
    });
    assert_eq!(Buffer::live_count(), before, "whoever held the lock has let go of it");
}

#[test]
fn memory_of_others_is_released_with_no_lock_held() {
    let _turn = turn();
    let np = numpy();
    let memory: &'static mut [f64] = Box::leak(Box::new([1.0, 2.0]));
    let pointer = std::ptr::NonNull::from(&mut memory[0]).cast::<u8>();
    let (told, released) = std::sync::mpsc::channel();
    let told = Mutex::new(told);
    let release = move || {
        // What an owner may well do: call Python, here from another thread, and wait for it.
        let one = std::thread::spawn(|| 1.to_py().unwrap().to_string()).join().unwrap();
        let here = 2.to_py().unwrap().to_string();
        told.lock().unwrap().send((one, here)).unwrap();
    };
    // SAFETY: the memory is leaked, and has room for two elements.
    let array = unsafe {
        let buffer = Buffer::from_foreign(pointer, 16, false, release);
        Array::<f64>::from_raw_parts(buffer, pointer.as_ptr().cast(), &[2], &[1])
    };
    let lent = array.to_py().unwrap();
    drop(array);
    assert_eq!(py!(np.sum(&lent)).unwrap().extract::<f64>().unwrap(), 3.0);
    drop(lent);
    assert_eq!(released.recv().unwrap(), ("1".to_owned(), "2".to_owned()));
}
