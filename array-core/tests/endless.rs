//! Arrays that repeat their elements by strides of zero may be larger than any memory. Every function that returns a
//! `Result` is called with such: it gives what needs no memory, or an error. None panics, aborts, or walks all elements.
//!
//! An abort ends this program without a word of which call did: `--nocapture` shows them as they come.

use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::*;

/// Each expression gives a `Result`: an error must be one of memory. All faults are reported together.
macro_rules! survives {
    ($($source:expr;)*) => {{
        let faults: Vec<String> = [$(fault(stringify!($source), || $source)),*].into_iter().flatten().collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }};
}

/// What is wrong with a call, if anything is.
fn fault<T>(source: &str, result: impl FnOnce() -> Result<T>) -> Option<String> {
    println!("{source}");
    match catch_unwind(AssertUnwindSafe(result)) {
        Ok(Ok(_)) => None,
        Ok(Err(error)) if error.is_memory() => None,
        Ok(Err(error)) => Some(format!("{source}: {error}")),
        Err(_) => Some(format!("{source} panics")),
    }
}

/// How many elements there are: more bytes than an address has bits for, whatever the dtype.
const MANY: usize = 1 << 50;

/// A vector of one element so often.
fn vector<T: Element>(element: T) -> Array<T> {
    scalar(element).broadcast_to([MANY]).unwrap()
}

/// The same as rows that are long, of which there are several.
fn matrix<T: Element>(element: T) -> Array<T> {
    scalar(element).broadcast_to([4, MANY / 4]).unwrap()
}

#[test]
fn arrays_are_made_or_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(3.0).unwrap());
    let any = AnyArray::from(v.clone());
    survives! {
        asarray::<f64>(&v);
        asarray_with::<f64>(&v, CopyMode::Always);
        asarray_with::<f32>(&any, CopyMode::IfNeeded);
        asarray::<f64>(&v.view());
        meshgrid(&[&v, &few], Indexing::Xy);
        ogrid(&[&v, &few]);
        mgrid(&[&v, &few]);
        indices([MANY]);
        empty::<u8>([MANY]);
        empty_like::<u8>(&v);
        zeros_like::<u8>(&m);
        ones_like::<u8>(&m);
        full_like(&m, 1u8);
        zeros::<u8>([MANY]);
        ones::<u8>([MANY]);
        full([MANY], 1u8);
        from_fn([MANY], |_| 1u8);
        eye::<u8>(1 << 25, 1 << 25, 0);
        identity::<u8>(1 << 25);
        diag(&v, 0);
        diag(&m, 0);
        diagflat(&m, 0);
        tri::<u8>(1 << 25, 1 << 25, 0);
        tril(&v, 0);
        tril(&m, 0);
        triu(&m, 0);
        vander(&v, 3, false);
        vander(&few, MANY, false);
        arange(MANY as i64);
        linspace(0.0, 1.0, MANY);
        linspace_exclusive(0.0, 1.0, MANY);
        logspace(0.0, 1.0, MANY, 2.0);
        geomspace(1.0, 2.0, MANY);
        v.astype_with::<u8>(Casting::Unsafe);
        v.astype_with::<f32>(Casting::SameValue);
        m.real().reshape([MANY]);
        vector(complex64::new(1.0, 2.0)).imag().astype_with::<f64>(Casting::Safe);
        v.try_copy();
        m.t().try_contiguous();
        m.t().try_vec();
        v.clone().try_into_vec();
        v.try_ravel();
        Buffer::uninit(MANY);
        Buffer::zeroed(MANY);
        Vec::<f64>::try_from(v.clone());
        Vec::<Vec<f64>>::try_from(m.clone());
        Vec::<Vec<f64>>::try_from(m.t());
    }
}

#[test]
fn shapes_change_or_are_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(4.0).unwrap());
    let columns = few.reshape([4, 1]).unwrap().broadcast_to([4, MANY / 4]).unwrap();
    let reversed = flip(&columns, ..).unwrap();
    survives! {
        v.reshape([2, -1]);
        columns.reshape([MANY]);
        reversed.reshape([-1]);
        reversed.t().reshape([-1]);
        v.broadcast_to([2, MANY]);
        v.transpose(&[0]);
        permute_dims(&m, &[1, 0]);
        swapaxes(&m, 0, 1);
        m.swapaxes(0, 1);
        moveaxis(&m, 0, 1);
        rollaxis(&m, 1, 0);
        squeeze(&m, ..);
        m.squeeze(..);
        expand_dims(&m, 0);
        flip(&m, ..);
        m.flip(..);
        flipud(&m);
        fliplr(&m);
        rot90(&m, 1, [0, 1]);
        roll(&v, 1, 0);
        roll(&m, 1, ..);
        broadcast_arrays(&[&m, &scalar(1.0)]);
        broadcast_shapes(&[&[MANY], &[1]]);
        sliding_window_view(&few, 2, 0);
        sliding_window_view(&v, 3, 0);
        sliding_window_view(&v, MANY / 2, 0);
        repeat(&v, 2, 0);
        repeat(&few, [MANY, 1, 1, 1], 0);
        tile(&v, 2);
        tile(&few, MANY);
        concat(&[&v, &v], 0);
        concat(&[&m, &m], ..);
        stack(&[&v, &v], 0);
        vstack(&[&v, &v]);
        hstack(&[&v, &few]);
        dstack(&[&v, &v]);
        column_stack(&[&v, &v]);
        block(&[[&v, &few]]);
        append(&v, &few, 0);
        append(&m, &few, ..);
        insert(&v, 0, &scalar(1.0), 0);
        insert(&few, 0, &v, 0);
        insert(&m, 0, &scalar(1.0), ..);
        insert(&few, &vector(0i64), &scalar(1.0), 0);
        delete(&v, 0, 0);
        delete(&m, s![..;2], ..);
        delete(&few, &vector(0i64), 0);
        delete(&v, &vector(false), 0);
        pad(&v, 1, PadMode::Constant(0.0));
        pad(&v, 1, PadMode::Edge);
        pad(&v, 1, PadMode::Reflect);
        pad(&v, 1, PadMode::Symmetric);
        pad(&v, 1, PadMode::Wrap);
        pad(&v, 1, PadMode::LinearRamp(0.0));
        pad(&few, MANY, PadMode::Wrap);
        split(&v, 4, 0);
        split(&v, MANY, 0);
        split(&v, [3, 5], 0);
        array_split(&v, 3, 0);
        vsplit(&m, 2);
        hsplit(&v, 2);
        dsplit(&m.reshape([2, 2, -1]).unwrap(), 2);
        unstack(&v, 0);
        unstack(&m, 0);
    }
}

#[test]
fn indices_are_found_or_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(4.0).unwrap());
    let (positions, mask) = (vector(0i64), vector(true));
    let small = vector(0i8);
    let masks = matrix(true);
    survives! {
        v.slice(s![1..;3]);
        v.slice(s![[0, 5, -1]]);
        v.slice(s![&positions]);
        few.slice(s![&positions]);
        few.slice(s![&small]);
        few.slice(s![AnyArray::from(small.clone())]);
        few.slice(s![flip(&positions, 0)?]);
        v.slice(s![&mask]);
        v.slice(s![vector(false)]);
        m.slice(s![.., [0, 1]]);
        m.slice(s![[0, 1], ..]);
        m.slice(s![&masks]);
        m.slice(s![few.astype::<i64>(), 0]);
        v.clone().slice_mut(s![..2]).map(drop);
        v.clone().assign(s![0], &scalar(1.0));
        v.clone().assign(s![[0, 1]], &scalar(1.0));
        v.clone().assign(s![&mask], &scalar(1.0));
        few.clone().assign(s![&positions], &scalar(1.0));
        few.clone().assign(s![&small], &v);
        few.clone().assign(s![&positions], &vector(1u8));
        v.get([5]);
        v.clone().set([5], 1.0);
        v.item().or_else(|_| few.item()).or_else(|_| scalar(1.0).item());
        take(&v, [0, 1], 0);
        take(&few, &positions, 0);
        take(&few, &small, 0);
        take(&m, [0, 1], ..);
        take_with(&few, &positions, 0, OutOfBounds::Clip);
        take_with(&few, &small, .., OutOfBounds::Wrap);
        take_along_axis(&few, &positions, 0);
        take_along_axis(&v, &positions, 0);
        take_along_axis(&v, &positions, ..);
        put_along_axis(&mut v.clone(), &positions, &scalar(1.0), 0);
        put_along_axis(&mut few.clone(), &positions, &scalar(1.0), 0);
        put(&mut few.clone(), &positions, &scalar(1.0));
        put(&mut v.clone(), 0, &scalar(1.0));
        put(&mut few.clone(), 0, &v);
        place(&mut v.clone(), &mask, &few);
        place(&mut few.clone(), &Array::from([true; 4]), &v);
        putmask(&mut v.clone(), &mask, &few);
        putmask(&mut few.clone(), &Array::from([true; 4]), &v);
        compress(&mask, &v, 0);
        compress(&mask, &m, ..);
        compress(&Array::from([true, false]), &m, 0);
        extract(&mask, &v);
        choose(&positions, &[&few.slice(s![0])?, &scalar(2.0)], OutOfBounds::Error);
        choose(&small, &[&v, &v], OutOfBounds::Wrap);
        choose([0], &[&v], OutOfBounds::Clip);
        select(&[&mask], &[&v], &scalar(0.0));
        select(&[&Array::from([true])], &[&v], &scalar(0.0));
        diagonal(&m, 0, 0, 1);
        fill_diagonal(&mut m.clone(), &scalar(1.0), false);
        fill_diagonal(&mut zeros([3, 3])?, &v, true);
        unravel_index(&positions, [3, 4]);
        ravel_multi_index(&[positions.clone(), positions.clone()], [3, 4]);
        diag_indices(MANY, 2);
        tril_indices(1 << 25, 0, 1 << 25);
        triu_indices(1 << 25, 0, 1 << 25);
        ix_([&positions, &few.astype()]);
        few.slice(s![&ix_([&positions])?[0]]);
    }
}

#[test]
fn sorting_and_counting_are_done_or_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(4.0).unwrap());
    survives! {
        sort(&v, 0);
        sort(&m, 0);
        sort(&m, ..);
        v.clone().sort(0);
        m.clone().sort(0);
        argsort(&v, 0);
        argsort(&m, ..);
        lexsort(&[&v, &v], 0);
        partition(&v, 1, 0);
        partition(&v, .., 0);
        partition(&m, 1, 0);
        argpartition(&v, 1, 0);
        argpartition(&v, .., 0);
        searchsorted(&v, &few, Side::Left);
        searchsorted(&few, &v, Side::Right);
        digitize(&v, &few, false);
        digitize(&few, &v, true);
        digitize(&v, &flip(&few, 0)?, true);
        unique(&v);
        unique_values(&v);
        unique_counts(&v);
        unique_inverse(&v);
        unique_all(&v);
        unique_with(&v, .., true);
        unique_with(&v, 0, true);
        unique_with(&m, 0, false);
        unique_with(&m, 1, false);
        unique(&m);
        isin(&v, &few);
        isin(&few, &v);
        intersect1d(&v, &few);
        intersect1d(&few, &v);
        intersect1d_indices(&few, &v);
        intersect1d_indices(&v, &few);
        setdiff1d(&v, &few);
        setdiff1d(&few, &v);
        setxor1d(&v, &few);
        union1d(&v, &few);
        bincount(&vector(1i64), 0);
        histogram(&v, 3, None);
        histogram(&v, 3, Some((0.0, 1.0)));
        histogram(&v, &few, None);
        histogram(&few, &v, None);
        histogram(&few, MANY, None);
        histogram(&v, BinRule::Auto, None);
        histogram(&vector(1u8), BinRule::Scott, None);
        histogram_bin_edges(&v, 3, None);
        histogram_bin_edges(&v, &few, None);
        histogram_bin_edges(&few, &v, None);
        histogram_bin_edges(&v, BinRule::Sqrt, None);
        sort(&vector(complex64::new(1.0, 2.0)), 0);
        unique(&vector(true));
        argsort(&vector(1u8), 0);
    }
}

#[test]
fn files_are_written_or_refused() {
    let v = vector(1.5);
    let full = |bytes: usize| Full { room: bytes };
    survives! {
        write_npy(&mut full(1 << 16), &v).or_else(memory_or_full);
        write_npy_any(&mut full(1 << 16), &v.clone().into()).or_else(memory_or_full);
    }
}

/// Takes so many bytes and then no more.
struct Full {
    room: usize,
}

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.room);
        self.room -= taken;
        Ok(taken)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn memory_or_full(error: Error) -> Result<()> {
    if error.is_file() { Ok(()) } else { Err(error) }
}

#[test]
fn arrays_of_any_dtype_are_as_good() {
    let (v, m) = (AnyArray::from(vector(1.5f32)), AnyArray::from(matrix(1.5f32)));
    let few = AnyArray::from(arange(4i8).unwrap());
    survives! {
        v.astype_with::<u8>(Casting::Unsafe);
        v.cast_with(DType::Float64, Casting::Safe);
        v.slice(s![[0, 1]]);
        v.slice(s![&v.cast_with(DType::Bool, Casting::Unsafe)?]);
        few.slice(s![AnyArray::from(vector(0i8))]);
        v.clone().assign(s![0], 1.0);
        few.clone().assign(s![&vector(0i64)], &v);
        v.get::<f32>([0]);
        v.clone().set([0], 1.0);
        v.item::<f32>().or(Ok::<_, Error>(0.0));
        v.take([0, 1], 0);
        few.take(vector(0i64), 0);
        AnyArray::concat(&[&v, &few], 0);
        AnyArray::stack(&[&v, &v], 0);
        AnyArray::select(&[vector(true)], &[&v], 1.5);
        AnyArray::vstack(&[&v, &v]);
        AnyArray::hstack(&[&v, &few]);
        m.reshape([-1]);
        m.t().reshape([-1]);
        v.broadcast_to([3, MANY]);
        m.transpose(&[1, 0]);
        m.swapaxes(0, 1);
        m.moveaxis(0, 1);
        m.squeeze(..);
        m.expand_dims(0);
        m.flip(..);
        m.roll(1, ..);
        m.repeat(2, 0);
        m.tile(2);
        m.split(2, 0);
        AnyArray::zeros([MANY], DType::Bool);
        AnyArray::full([MANY], 1, DType::Int8);
        v.clone().downcast::<f32>();
        v.clone().downcast_mut::<f32>().map(drop);
        v.downcast_ref::<f32>();
    }
    #[cfg(feature = "any")]
    survives! {
        v.sort(0);
        v.argsort(..);
        v.unique();
        v.searchsorted(&v, Side::Left);
    }
}

#[test]
fn parts_are_seen_or_refused() {
    let (v, m) = (vector(1.5), matrix(1.5));
    survives! {
        v.axis_iter(0).map(|mut parts| parts.next().is_some());
        v.clone().axis_iter_mut(0).map(drop);
        v.axis_chunks_iter(0, 3).map(|parts| parts.len());
        v.clone().axis_chunks_iter_mut(0, 3).map(drop);
        m.lanes(0).map(|lanes| lanes.len());
        m.clone().lanes_mut(0).map(drop);
        m.rows().map(|rows| rows.len());
        m.clone().rows_mut().map(drop);
        m.par_axis_iter(0).map(drop);
        m.clone().par_axis_iter_mut(0).map(drop);
        m.par_axis_chunks_iter(0, 2).map(drop);
        m.clone().par_axis_chunks_iter_mut(0, 2).map(drop);
        m.par_rows().map(drop);
        m.clone().par_rows_mut().map(drop);
        m.view_as::<ndarray::Ix2>().map(drop);
        m.clone().view_mut_as::<ndarray::Ix2>().map(drop);
        m.clone().into_ndarray::<ndarray::Ix2>().map(drop);
    }
}

/// What has no `Result` needs no memory, or panics with the error's message.
#[test]
fn without_a_result_there_is_a_message_or_an_answer() {
    let (v, m) = (vector(1.5), matrix(1.5));
    assert_eq!(
        m.to_string(),
        "[[1.5 1.5 1.5 ... 1.5 1.5 1.5]\n [1.5 1.5 1.5 ... 1.5 1.5 1.5]\n [1.5 1.5 1.5 ... 1.5 1.5 1.5]\n [1.5 1.5 1.5 ... 1.5 1.5 1.5]]"
    );
    assert!(format!("{v:?}").contains("shape=(1125899906842624,)"), "{v:?}");
    assert!(v == v.clone() && v != vector(2.5) && v != m);
    let panics: [(&str, &dyn Fn()); 13] = [
        ("copy", &|| drop(v.copy())),
        ("to_contiguous", &|| drop(v.to_contiguous())),
        ("to_vec", &|| drop(v.to_vec())),
        ("into_vec", &|| drop(v.clone().into_vec())),
        ("astype", &|| drop(v.astype::<u8>())),
        ("view_mut", &|| drop(v.clone().view_mut())),
        ("as_slice_mut", &|| v.clone().as_slice_mut()[0] = 2.5),
        ("iter_mut", &|| drop(v.clone().iter_mut())),
        ("flatten", &|| drop(v.flatten())),
        ("cast", &|| drop(AnyArray::from(v.clone()).cast(DType::Int8))),
        ("nonzero", &|| drop(nonzero(&v))),
        ("argwhere", &|| drop(argwhere(&v))),
        ("+", &|| drop(&v + 1.0)),
    ];
    for (name, call) in panics {
        println!("{name}");
        let message = catch_unwind(AssertUnwindSafe(call)).expect_err(name);
        let message = message.downcast::<String>().expect("a message");
        assert!(message.contains("the system has no"), "{name}: {message}");
    }
}

/// No public function that returns a `Result` is forgotten above.
#[test]
fn every_function_is_called() {
    // They read files, of which `hostile_files.rs` has bad ones; write what other lines write; or take numbers only.
    let others = [
        "load",
        "load_any",
        "load_mapped",
        "read_npy",
        "read_npy_any",
        "open",
        "new",
        "get_any",
        "loadtxt",
        "save",
        "save_any",
        "savetxt",
        "add",
        "add_any",
        "create",
        "finish",
        "build",
        "into_array",
        "finfo",
        "iinfo",
        "isdtype",
        "result_type",
    ];
    let tests = include_str!("endless.rs");
    let mut missing = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // What functions are made of is not called with arrays of a user's alone.
                if !path.ends_with("engine") {
                    folders.push(path);
                }
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for signature in source.split("pub fn ").skip(1).filter_map(|rest| rest.split('{').next()) {
                let name = signature.split(['(', '<']).next().unwrap();
                let is_called =
                    [format!("{name}("), format!("{name}::<")].iter().any(|call| tests.contains(call));
                if signature.contains("-> Result<") && !is_called && !others.contains(&name) {
                    missing.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "never called with arrays larger than memory: {missing:#?}");
}
