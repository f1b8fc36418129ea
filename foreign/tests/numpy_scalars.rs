//! NumPy's scalars and arrays as Rust values.
//!
//! In a process of its own: `require` must come before anything else that starts Python.

use foreign::{Value, py};
use num_complex::Complex;

mod common;
use common::numpy;

#[test]
fn numpy_scalars_are_what_they_hold() {
    let np = numpy();
    assert_eq!(py!(np.float64(1.5)).unwrap().extract::<f64>().unwrap(), 1.5);
    assert_eq!(py!(np.float32(1.5)).unwrap().extract::<f64>().unwrap(), 1.5);
    assert_eq!(py!(np.float16(1.5)).unwrap().extract::<f32>().unwrap(), 1.5);
    assert_eq!(py!(np.longdouble(1.5)).unwrap().extract::<Value>().unwrap(), Value::Float(1.5));
    assert_eq!(py!(np.int64(-3)).unwrap().extract::<i64>().unwrap(), -3);
    assert_eq!(py!(np.uint8(200)).unwrap().extract::<u8>().unwrap(), 200);
    assert_eq!(py!(np.int8(3)).unwrap().extract::<f64>().unwrap(), 3.0);
    assert!(py!(np.bool_(true)).unwrap().extract::<bool>().unwrap());
    assert_eq!(
        py!(np.complex64(Complex::new(1.0, 2.0))).unwrap().extract::<Complex<f64>>().unwrap(),
        Complex::new(1.0, 2.0)
    );
    assert_eq!(py!(np.str_("a")).unwrap().extract::<String>().unwrap(), "a");
    assert_eq!(py!(np.float32(0.5)).unwrap().extract::<Value>().unwrap(), Value::Float(0.5));
    assert_eq!(py!(np.array(2.5)).unwrap().extract::<f64>().unwrap(), 2.5, "an array of no dimensions");
    let list = py!(np.arange(3)).unwrap();
    assert_eq!(list.extract::<Vec<i32>>().unwrap(), [0, 1, 2]);
    assert_eq!(list.extract::<(u8, f64, i64)>().unwrap(), (0, 1.0, 2));
    assert_eq!(py!(np.eye(2)).unwrap().extract::<Vec<Vec<f64>>>().unwrap(), [[1.0, 0.0], [0.0, 1.0]]);
    assert!(list.extract::<f64>().unwrap_err().is_conversion());
    assert!(list.extract::<i64>().unwrap_err().is_conversion());
}
