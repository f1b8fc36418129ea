//! Kernels of two floats as kernels of two integers, bools or half-precision floats: by way of the
//! `f32` or `f64` kernel that NumPy would choose, its result given in NumPy's dtype.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Binary;
use array_core::f16;

use super::Power;

/// x to the power of y in `f64`, whatever the dtype.
#[derive(Clone, Copy, Debug)]
pub struct FloatPower;

macro_rules! promoted {
    ($kernel:ident by $by:ident: $($type:ty => $computed:ty => $out:ty, |$x:ident| $wide:expr, |$y:ident| $result:expr;)*) => {$(
        impl Binary<$type> for $kernel {
            type Output = $out;
            const COST: f32 = <$by as Binary<$computed>>::COST;
            const HAS_RARE: bool = <$by as Binary<$computed>>::HAS_RARE;

            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $out {
                let wide = |$x: $type| -> $computed { $wide };
                let $y = <$by as Binary<$computed>>::call::<I>(wide(a), wide(b));
                $result
            }

            #[inline(always)]
            fn is_rare(a: $type, b: $type) -> bool {
                let wide = |$x: $type| -> $computed { $wide };
                <$by as Binary<$computed>>::is_rare(wide(a), wide(b))
            }

            #[cold]
            fn rare(a: $type, b: $type) -> $out {
                let wide = |$x: $type| -> $computed { $wide };
                let $y = <$by as Binary<$computed>>::rare(wide(a), wide(b));
                $result
            }
        }
    )*};
}

promoted! { Power by Power: f16 => f32 => f16, |x| x.to_f32(), |y| f16::from_f32(y); }

promoted! { FloatPower by Power:
    bool => f64 => f64, |x| f64::from(x as u8), |y| y;
    i8 => f64 => f64, |x| f64::from(x), |y| y;
    u8 => f64 => f64, |x| f64::from(x), |y| y;
    i16 => f64 => f64, |x| f64::from(x), |y| y;
    u16 => f64 => f64, |x| f64::from(x), |y| y;
    i32 => f64 => f64, |x| f64::from(x), |y| y;
    u32 => f64 => f64, |x| f64::from(x), |y| y;
    i64 => f64 => f64, |x| x as f64, |y| y;
    u64 => f64 => f64, |x| x as f64, |y| y;
    f16 => f64 => f64, |x| x.to_f64(), |y| y;
    f32 => f64 => f64, |x| f64::from(x), |y| y;
    f64 => f64 => f64, |x| x, |y| y;
}
