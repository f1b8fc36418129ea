//! What a hostile or careless Python program may try, and must not achieve: to change or outlive
//! memory that Rust lent, or to read beyond it.

use array_core::{Array, arange, full, s, sliding_window_view};
use foreign::{ToPy, py};

mod common;
use common::{define, turn};

/// Ways of NumPy's to write into an array `a`, or to make it writable.
const WAYS: &str = r#"
a.setflags(write=True)
setattr(a.flags, "writeable", True)
a.flags.__setitem__("W", True)
a.view().setflags(write=True)
a.view(np.recarray).setflags(write=True)
a[...].setflags(write=True)
a.T.setflags(write=True)
np.asarray(memoryview(a)).setflags(write=True)
np.ndarray(a.shape, a.dtype, memoryview(a)).setflags(write=True)
np.frombuffer(a, a.dtype).setflags(write=True)
np.lib.stride_tricks.as_strided(a, writeable=True).__setitem__(..., 0)
np.asarray(a, copy=False).__setitem__(..., 0)
np.array(a, copy=False, subok=True).__setitem__(..., 0)
a.__setitem__(..., 0)
a.flat.__setitem__(0, 7)
a.T.__setitem__(..., 7)
a.real.__setitem__(..., 7)
a.view("u1").__setitem__(..., 7)
setattr(a, "real", 7)
setattr(a, "imag", 7)
setattr(a, "flat", 7)
a.fill(7)
a.put([0], [7])
a.sort(axis=0)
a.partition(0, axis=0)
a.byteswap(inplace=True)
a.setfield(7, a.dtype)
a.resize((1,), refcheck=False)
a.itemset(7)
a.__iadd__(1)
a.__imatmul__(1)
a.squeeze().clip(7, 7, out=a)
a.take([0], out=a, mode="clip")
np.add(a, 1, out=a)
np.add(a, 1, out=a[...], where=True)
np.add.at(a, (0,), 7)
np.add.accumulate(a, out=a)
np.copyto(a, 7)
np.put(a, [0], [7])
np.putmask(a, a == a, [7])
np.place(a, a == a, [7])
np.put_along_axis(a, np.zeros_like(a, dtype=int), 7, 0)
np.fill_diagonal(a.reshape(1, -1), 7)
np.random.default_rng().shuffle(a)
np.random.default_rng().random(out=a)
np.random.shuffle(a)
np.dot(np.eye(1), np.eye(1), out=a)
np.einsum("...->...", np.eye(1), out=a)
np.einsum("...->...", a).__setitem__(..., 7)
np.concatenate([a, a], out=a)
np.nditer(a, op_flags=["readwrite"])
np.nditer(a, [], ["writeonly"])
np.broadcast_arrays(a, 1)[0].__setitem__(..., 7)
np.ma.array(a, copy=False).__setitem__(..., 7)
np.matrix(a, copy=False).__setitem__(..., 7)
np.atleast_3d(a).__setitem__(..., 7)
io.BytesIO(bytes(99)).readinto(a)
memoryview(a).cast("B").__setitem__(0, 7)
memoryview(a.T).__setitem__(0, 7)
np.from_dlpack(a).__setitem__(..., 7)
pickle.PickleBuffer(a).raw().__setitem__(0, 7)
pickle.loads(pickle.dumps(a, 5, buffer_callback=buffers.append), buffers=buffers).__setitem__(..., 7)
np.frompyfunc(lambda x: 7, 1, 1).at(a, [0])
np.negative.at(a, ([0],))
np.negative.at(a.reshape(-1)[:1], slice(1))
setattr(a.reshape(-1)[0, ...], "real", 7)
np.median(a, overwrite_input=True)
np.percentile(a, 50, overwrite_input=True)
np.nan_to_num(a + np.nan, copy=False).__getitem__(0), np.nan_to_num(a, copy=False)
np.random.default_rng().permuted(a, out=a)
np.random.default_rng().shuffle(a.reshape(-1, 1))
np.random.default_rng().standard_normal(out=a)
np.random.default_rng().standard_gamma(1.0, out=a)
np.matmul(np.eye(1), np.eye(1), out=a)
np.fft.fft(a, out=a)
np.add.reduceat(a, [0], out=a)
np.multiply.reduce(a, out=a[..., :1], keepdims=True)
np.multiply.outer(7, a, out=a)
a.cumsum(out=a)
a.round(out=a)
a.mean(keepdims=True, out=a)
a.compress([True], 0, out=a)
np.choose(0, [a * 7], out=a)
np.nditer(a, ["buffered", "external_loop"], ["readwrite"], op_dtypes=["f4"], casting="unsafe")
np.nditer([a, None], [], [["readwrite"], ["writeonly", "allocate"]])
np.linalg.lapack_lite.dgeqrf(1, 1, a.reshape(-1, 1), 1, np.ones(1), np.ones(9), 9, 0)
np.linalg.cholesky(a.reshape(-1)[:1].reshape(1, 1)).__setitem__(..., 7)
np.lib.stride_tricks.sliding_window_view(a, 1, 0, writeable=True).__setitem__(..., 7)
np.rec.array(a, copy=False).__setitem__(..., 7)
np.ma.masked_invalid(a, copy=False).data.__setitem__(..., 7)
np.ma.masked_equal(a, 3, copy=False).harden_mask().filled(7)
setattr(a, "__class__", np.recarray)
np.ndarray.__init__(a, (2,), "f8", bytearray(16))
setattr(a, "dtype", object)
a.view(object)
"#;

/// Tells which of the ways worked.
const TRY: &str = r#"
import copy, io, pickle, warnings
import numpy as np
# Where NumPy itself forgets that an array is read-only.
version = tuple(map(int, np.__version__.split(".")[:2]))
def forgets(way, a):
    return ".at(" in way if version < (2, 5) else 'real"' in way or 'imag"' in way
def worked(ways, a):
    before, worked = copy.deepcopy(a), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for way in ways:
            if forgets(way, a): continue
            try: eval(way, globals(), {"a": a, "buffers": []})
            except Exception: pass
            if a.tobytes() != before.tobytes() or a.flags.writeable or a.dtype != before.dtype:
                worked.append(way)
                before = copy.deepcopy(a)
    return worked
"#;

#[test]
fn nothing_of_numpys_writes_into_lent_memory() {
    let _turn = turn();
    let module = define(TRY);
    let ways: Vec<&str> = WAYS.trim().lines().collect();
    let flat = Array::from(vec![3.0, 1.0, 2.0, 5.0, 4.0, 0.5]);
    let layouts = [
        flat.clone(),
        flat.flip(0).unwrap(),
        flat.slice(s![..;2]).unwrap(),
        flat.reshape([2, 3]).unwrap().t(),
        flat.slice(s![..2]).unwrap().broadcast_to([3, 2]).unwrap(),
        flat.slice(s![0]).unwrap(),
        flat.slice(s![0..0]).unwrap(),
    ];
    for array in &layouts {
        let before = array.to_contiguous().to_vec();
        let worked: Vec<String> = py!(module.worked(&ways, array)).unwrap().extract().unwrap();
        assert!(worked.is_empty(), "into {:?} {:?}: {worked:#?}", array.shape(), array.strides());
        assert_eq!(array.to_contiguous().to_vec(), before);
    }
}

#[test]
fn an_array_that_is_given_other_memory_lets_go_of_ours() {
    let _turn = turn();
    let module = define("def turn(a): a.__setstate__((1, (2,), a.dtype, False, bytes(16))); a[0] = 7");
    let mut a = Array::from(vec![1.0, 2.0]);
    let lent = a.to_py().unwrap();
    py!(module.turn(&lent)).unwrap();
    assert_eq!(lent.extract::<Vec<f64>>().unwrap(), [7.0, 0.0]);
    assert_eq!(a.to_vec(), [1.0, 2.0]);
    assert!(a.is_unique());
}

#[test]
fn no_strides_can_be_set_that_lead_out_of_the_memory() {
    let _turn = turn();
    let module = define(
        "import warnings\ndef reach(a, strides):\n  with warnings.catch_warnings():\n    \
         warnings.simplefilter('ignore')\n    a.strides = strides\n  return a.tolist()",
    );
    let refused = |array: &Array<f64>, strides: &[isize]| {
        let error = py!(module.reach(array, strides)).unwrap_err();
        assert!(error.is_exception_of("ValueError"), "{error}");
    };
    let flat = arange((0.0, 4.0)).unwrap();
    refused(&flat.flip(0).unwrap(), &[8]);
    refused(&flat.slice(s![..;2]).unwrap().flip(0).unwrap(), &[8]);
    refused(&flat.broadcast_to([5, 4]).unwrap(), &[32, 8]);
    refused(&flat.reshape([2, 2]).unwrap().flip(1).unwrap(), &[-16, -8]);
    refused(&sliding_window_view(&flat, [3], None).unwrap(), &[24, 8]);
    refused(&flat, &[16]);
    // What stays within is NumPy's own affair.
    let same = py!(module.reach(flat.flip(0).unwrap(), vec![0])).unwrap();
    assert_eq!(same.extract::<Vec<f64>>().unwrap(), [3.0; 4]);
}

#[test]
fn axes_of_one_element_may_have_any_stride() {
    let _turn = turn();
    let a = arange((0.0, 4.0)).unwrap();
    for step in [isize::MAX, isize::MIN + 1, isize::MAX / 8 + 1] {
        let one = a.slice(s![..;step]).unwrap();
        assert_eq!(one.to_py().unwrap().extract::<Vec<f64>>().unwrap(), one.to_vec(), "{step}");
        let buffer = a.buffer().clone();
        // SAFETY: of two elements side by side, which the buffer has; the first axis has but one.
        let odd = unsafe { Array::<f64>::from_raw_parts(buffer, a.as_ptr(), &[1, 2], &[step, 1]) };
        assert_eq!(odd.to_py().unwrap().extract::<Vec<Vec<f64>>>().unwrap(), [[0.0, 1.0]], "{step}");
    }
}

#[test]
fn arrays_that_numpy_cannot_have_are_errors() {
    let _turn = turn();
    let one = full([1], 1u8).unwrap();
    for shape in [&[1 << 40, 1 << 40][..], &[usize::MAX][..], &[isize::MAX as usize, 3], &[0, usize::MAX]] {
        // Where we have no such array ourselves, there is nothing to lend.
        let Ok(array) = one.slice(s![..1]).unwrap().broadcast_to(shape) else { continue };
        assert!(array.to_py().unwrap_err().is_exception_of("ValueError"), "{shape:?}");
    }
}

#[test]
fn rust_writes_while_python_reads_and_neither_sees_it() {
    let _turn = turn();
    let module = define(
        "import threading, queue\nbad = 0\nq = queue.Queue(8)\ndef work():\n  global bad\n  while True:\n    \
         a = q.get()\n    if a is None: return\n    for _ in range(5):\n      bad += int((a != a[0]).any())\n\
         ts = [threading.Thread(target=work) for _ in range(3)]\n[t.start() for t in ts]\n\
         def join(): [t.join() for t in ts]",
    );
    let put = py!(module.q.put).unwrap();
    let mut a = full([3000], 0.0).unwrap();
    for n in 0..400 {
        py!(put(&a)).unwrap();
        // As soon as Python has let go, this is in place.
        a.view_mut().fill(f64::from(n));
    }
    for _ in 0..3 {
        py!(put(None)).unwrap();
    }
    py!(module.join()).unwrap();
    assert_eq!(py!(module.bad).unwrap().extract::<u32>().unwrap(), 0);
    assert!(a.is_unique());
}

#[test]
fn a_forked_child_reads_and_drops_what_was_lent() {
    let _turn = turn();
    let module = define(
        "import gc, os, warnings\nwarnings.simplefilter('ignore')\nkept = []\ndef child(a):\n  kept.append(a)\n  \
         pid = os.fork()\n  if pid == 0:\n    fits = a.sum() == 3.0\n    del a\n    kept.clear()\n    gc.collect()\n    \
         os._exit(0 if fits else 1)\n  return os.waitpid(pid, 0)[1]",
    );
    let mut a = Array::from(vec![1.0, 2.0]);
    assert_eq!(py!(module.child(&a)).unwrap().extract::<i32>().unwrap(), 0);
    py!(module.kept.clear()).unwrap();
    assert!(a.is_unique());
}
