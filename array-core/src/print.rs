//! Printing as NumPy prints.

/// How one element type prints.
pub trait Print {}
macro_rules! p { ($($t:ty)*) => { $(impl Print for $t {})* } }
p!(bool i8 i16 i32 i64 u8 u16 u32 u64 half::f16 f32 f64 num_complex::Complex<f32> num_complex::Complex<f64>);
impl<T: crate::Element> std::fmt::Debug for crate::Array<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.view())
    }
}
