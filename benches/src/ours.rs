//! Our functions, or with the feature `slowed` one that is not what it should be.

pub(crate) use numpypy::*;

/// `sin`, computed twice: the benchmark must notice.
#[cfg(feature = "slowed")]
pub(crate) use slowed::sin;

#[cfg(feature = "slowed")]
mod slowed {
    use numpypy::{Array, Element, Result, ToFloat};
    use ufuncs::{AsFloats, Real, Takes, kernels};

    pub(crate) fn sin<T: Real>(x: &Array<T>) -> Array<<T as ToFloat>::Float>
    where
        AsFloats: Takes<T, kernels::Sin, Result = <T as ToFloat>::Float>,
    {
        std::hint::black_box(ufuncs::sin(x));
        ufuncs::sin(x)
    }

    #[allow(non_camel_case_types, reason = "named as what it replaces")]
    pub(crate) enum sin {}

    impl sin {
        pub(crate) fn out<T: Real, R: Element>(x: &Array<T>, out: &mut Array<R>) -> Result<()>
        where
            AsFloats: Takes<T, kernels::Sin>,
        {
            ufuncs::sin::out(x, out)?;
            ufuncs::sin::out(x, out)
        }
    }
}
