//! Arrays whose dtype is known at run time only.

use array_core::*;

use super::{MANY, fault, matrix, vector};

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
        AnyArray::select(&[vector(true)], &[&v], 1.5);
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
