//! Arrays through serde: there and back in text and in bytes, beside ndarray's own form, and from hostile input.

use array_core::{AnyArray, Array, DType, arange, array, complex64, complex128, f16, flip, scalar, zeros};

/// There and back, as text and as bytes.
fn survives(a: &AnyArray) {
    let text = serde_json::to_string(a).unwrap();
    assert!(text.starts_with(&format!(r#"{{"{}":{{"v":1,"dim":["#, a.dtype())), "{text}");
    assert_eq!(&serde_json::from_str::<AnyArray>(&text).unwrap(), a);
    // The keys in another order.
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(&serde_json::from_value::<AnyArray>(value).unwrap(), a);
    let bytes = postcard::to_stdvec(a).unwrap();
    assert_eq!(&postcard::from_bytes::<AnyArray>(&bytes).unwrap(), a);
    assert!(postcard::from_bytes::<AnyArray>(&bytes[..bytes.len() - 1]).is_err());
}

#[test]
fn all_dtypes_and_layouts_there_and_back() {
    let a = arange(24i64).unwrap().reshape([2, 3, 4]).unwrap();
    for a in [a.t(), flip(&a, ..).unwrap(), zeros([2, 0]).unwrap(), scalar(5), a] {
        for &dtype in DType::ALL {
            survives(&AnyArray::from(a.clone()).cast(dtype));
        }
    }
    for &dtype in DType::ALL {
        let text = serde_json::to_string(&dtype).unwrap();
        assert_eq!(text, format!("\"{dtype}\""));
        assert_eq!(serde_json::from_str::<DType>(&text).unwrap(), dtype);
        assert_eq!(postcard::from_bytes::<DType>(&postcard::to_stdvec(&dtype).unwrap()).unwrap(), dtype);
    }
}

/// The fields in ndarray's order: in bytes its arrays of any rank are just these.
type NdarraysForm<T> = (u8, Vec<usize>, Vec<T>);

#[test]
fn the_form_is_ndarrays() {
    let a = array![[0.1, -0.0, 1e300], [2.5, 3.0, f64::MIN_POSITIVE]].t();
    let text = serde_json::to_string(&a).unwrap();
    // As ndarray 0.17 writes it.
    let theirs = r#"{"v":1,"dim":[3,2],"data":[0.1,2.5,-0.0,3.0,1e+300,2.2250738585072014e-308]}"#;
    assert_eq!(text, theirs);
    assert_eq!(serde_json::from_str::<Array<f64>>(theirs).unwrap(), a);
    let form: NdarraysForm<f64> = (1, a.shape().to_vec(), a.to_vec());
    let bytes = postcard::to_stdvec(&form).unwrap();
    assert_eq!(bytes, postcard::to_stdvec(&a).unwrap());
    assert_eq!(postcard::from_bytes::<Array<f64>>(&bytes).unwrap(), a);
}

#[test]
fn numbers_keep_their_bits() {
    let halves: Array<f16> = (0..=u16::MAX).map(f16::from_bits).collect();
    let text = serde_json::to_string(&halves).unwrap();
    let back: Array<f16> = serde_json::from_str(&text).unwrap();
    assert!(halves.iter().zip(&back).all(|(a, b)| a.to_bits() == b.to_bits()));
    let odd = [f64::NAN, f64::INFINITY, -0.0, f64::MAX, 5e-324];
    let bytes = postcard::to_stdvec(&Array::from(odd)).unwrap();
    let back: Array<f64> = postcard::from_bytes(&bytes).unwrap();
    assert!(odd.iter().zip(&back).all(|(a, b)| a.to_bits() == b.to_bits()));
    let complex = array![complex128::new(1.5, -2.0), complex128::new(0.0, 1e-9)];
    let text = serde_json::to_string(&complex).unwrap();
    assert_eq!(text, r#"{"v":1,"dim":[2],"data":[[1.5,-2.0],[0.0,1e-9]]}"#);
    assert_eq!(serde_json::from_str::<Array<complex128>>(&text).unwrap(), complex);
    let complex = array![complex64::new(1.5, -2.0)];
    assert_eq!(
        postcard::from_bytes::<Array<complex64>>(&postcard::to_stdvec(&complex).unwrap()).unwrap(),
        complex
    );
}

/// The message of what is no array.
fn refused(text: &str) -> String {
    serde_json::from_str::<Array<u8>>(text).unwrap_err().to_string()
}

#[test]
fn lies_are_errors_that_say_why() {
    assert!(refused(r#"{"v":1,"dim":[2,2],"data":[1,2,3]}"#).contains("3 element(s)"));
    let text = refused(r#"{"v":1,"dim":[2,2],"data":[1,2,3,4,5]}"#);
    assert!(text.contains("(5,)") && text.contains("(2, 2)"), "{text}");
    let overflow = format!(r#"{{"v":1,"dim":[{},{}],"data":[]}}"#, u64::MAX, 2);
    assert!(refused(&overflow).contains("more bytes than an address can count"));
    let empty = format!(r#"{{"v":1,"dim":[0,{0},{0}],"data":[]}}"#, i64::MAX);
    assert!(refused(&empty).contains("more bytes"));
    assert!(refused(r#"{"v":1,"dim":[4294967296,4294967296],"data":[]}"#).contains("more bytes"));
    assert!(refused(r#"{"v":2,"dim":[1],"data":[1]}"#).contains("version 2"));
    assert!(refused(r#"{"v":1,"dim":[1],"dim":[1],"data":[1]}"#).contains("duplicate field `dim`"));
    assert!(refused(r#"{"v":1,"data":[1]}"#).contains("missing field `dim`"));
    assert!(refused(r#"{"v":1,"dim":[1],"data":[1],"more":0}"#).contains("one of v, dim, data"));
    assert!(refused(r#"{"v":1,"dim":[-1],"data":[]}"#).contains("-1"));
    assert!(refused(r#"{"v":1,"dim":[1],"data":[256]}"#).contains("256"));
    assert!(refused("[1,[1]]").contains("invalid length 2"));
    assert!(refused("3").contains("an array of uint8: its version, dim and data"));
    let any = |text: &str| serde_json::from_str::<AnyArray>(text).unwrap_err().to_string();
    assert!(any(r#"{"object":{"v":1,"dim":[1],"data":[1]}}"#).contains("one of bool, int8"));
    assert!(any(r#"{"bool":{"v":1,"dim":[1],"data":[7]}}"#).contains("boolean"));
    assert!(serde_json::from_str::<DType>("\"float128\"").is_err());
}

#[test]
fn bytes_that_announce_much_get_little() {
    // Version, one axis of many elements, and as many elements announced: none of them is there.
    for count in [1u64 << 32, 1 << 40, u64::MAX] {
        let mut bytes = postcard::to_stdvec(&(1u8, vec![count], count)).unwrap();
        bytes.extend([0; 16]);
        assert!(postcard::from_bytes::<Array<f64>>(&bytes).is_err());
    }
    // Damage of every byte is an error or an array.
    let bytes = postcard::to_stdvec(&AnyArray::from(arange(6i64).unwrap().reshape([2, 3]).unwrap())).unwrap();
    for i in 0..bytes.len() {
        for value in 0..=255 {
            let mut damaged = bytes.clone();
            damaged[i] = value;
            if let Ok(a) = postcard::from_bytes::<AnyArray>(&damaged) {
                assert_eq!(a.len(), a.shape().iter().product::<usize>());
            }
        }
    }
}
