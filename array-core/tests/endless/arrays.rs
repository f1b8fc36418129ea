//! Making arrays, their shapes and parts, and what gives no `Result`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::*;

use super::{MANY, fault, matrix, vector};

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
        reshape(&v, [2, -1]);
        v.reshape_with([2, -1], Order::ColumnMajor);
        columns.ravel_with(Order::ColumnMajor);
        m.flatten_with(Order::ColumnMajor);
        broadcast_to(&v, [2, MANY]);
        transpose(&m, ..);
        matrix_transpose(&m);
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
        resize(&v, 3);
        resize(&few, MANY);
        trim_zeros(&v, Trim::Both, ..);
        trim_zeros(&m, Trim::Both, 0);
        packbits(&vector(true), 0, BitOrder::Big);
        unpackbits(&vector(1u8), 0, BitOrder::Little);
        apply_along_axis(&m, 0, |lane: Array<f64>| Ok(lane));
        apply_along_axis(&m, 1, |lane: Array<f64>| lane.slice(s![0]));
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
