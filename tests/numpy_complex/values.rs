//! Functions of one complex number, at special values and at random ones.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::{INF, assert_near, grid, random_array};

macro_rules! special_values {
    ($($test:ident: [$($function:ident)*] $ulps:literal $values:expr;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            numpy();
            let z = grid(&$values);
            let lent = z.to_py()?;
            $(
                let theirs = eval(concat!("np.", stringify!($function), "(z)"), &[("z", &lent)])?;
                assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, stringify!($function))?;
            )*
            Ok(())
        }
    )*};
}
special_values! {
    logarithms_and_roots_everywhere: [log log2 log10 sqrt] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    inverse_functions_everywhere: [arcsin arccos arctan arcsinh arccosh arctanh] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    circular_functions_everywhere: [sin cos tan sinh cosh tanh exp] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 27.0, 400.0, 700.0, 709.0, INF];
    // Where NumPy is exact enough, or means it.
    other_exponentials: [exp2 expm1] 32.0 [0.0, 0.5, 1.0, 2.5, 9.0, INF];
    other_logarithm: [log1p] 32.0 [0.0, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, INF];
    arithmetic: [reciprocal conjugate rint] 4.0 [0.0, 1e-300, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    directions: [sign] 4.0 [0.0, 1e-150, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    squares: [square] 4.0 [0.0, 0.5, 1.0, 2.5, 400.0, 1e16, 1e100];
}

macro_rules! random_values {
    ($($test:ident: [$($function:ident)*] $ulps:literal;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(21);
            $(
                for _ in 0..12 {
                    let z = random_array(&mut rng);
                    let what = stringify!($function);
                    let source = concat!("np.", stringify!($function), "(z)");
                    let theirs = eval(source, &[("z", &z.to_py()?)])?;
                    assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, what)?;
                    let z: Array<complex64> = z.astype();
                    let theirs = eval(source, &[("z", &z.to_py()?)])?;
                    assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, what)?;
                    let mut out: Array<complex64> = z.copy();
                    numpypy::$function::out(&z, &mut out)?;
                    assert_near(&out.to_py()?, &theirs, $ulps, what)?;
                }
            )*
            Ok(())
        }
    )*};
}
random_values! {
    random_exponentials: [exp exp2 expm1 sin cos tan sinh cosh tanh] 40.0;
    random_logarithms: [log log2 log10 sqrt arcsin arccos arctan arcsinh arccosh arctanh] 40.0;
    // Of which NumPy's loses what |1 + z| has in common with 1.
    random_logarithms_near_one: [log1p] 5e4;
    random_arithmetic: [square reciprocal conjugate sign sinc] 40.0;
}
