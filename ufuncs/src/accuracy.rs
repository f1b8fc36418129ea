// The largest errors measured; the text is made by `examples/accuracy`.
#![doc = include_str!("../accuracy.md")]
