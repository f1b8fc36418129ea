//! The header of an `.npy` file: dtype, order and shape, as the text of a Python dictionary.
//!
//! Format: `\x93NUMPY`, two bytes of version, the text's length (two bytes, from version 2 on four), the
//! text. What is read here may come from anywhere: every length is checked before memory is asked for.

use std::io::{ErrorKind, Read, Write};

use crate::layout;
use crate::{DType, Error, Result};

const MAGIC: &[u8; 6] = b"\x93NUMPY";
/// Longer texts are refused: none that describes one of our dtypes comes near.
const LONGEST: usize = 1 << 16;

/// What a file says of its array.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub(super) dtype: DType,
    /// Whether numbers are stored with their bytes in the order that is not this machine's.
    pub(super) swapped: bool,
    pub(super) fortran_order: bool,
    pub(super) shape: Vec<usize>,
}

/// Reads as many bytes as there must be.
fn read(from: &mut impl Read, bytes: &mut [u8]) -> Result<()> {
    from.read_exact(bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Error::format("this is no .npy data: it ends within the header"),
        _ => Error::io(error),
    })
}

impl Header {
    /// Reads all that comes before the elements. Gives the number of bytes, too.
    pub(super) fn read(from: &mut impl Read) -> Result<(Self, usize)> {
        let mut start = [0; 8];
        read(from, &mut start)?;
        if &start[..6] != MAGIC {
            return Err(Error::format("this is no .npy data: it does not begin with \\x93NUMPY"));
        }
        let width = match start[6] {
            1 => 2,
            2 | 3 => 4,
            version => {
                return Err(Error::format(format!("version {version} of the .npy format is not known")));
            }
        };
        let mut length = [0; 4];
        read(from, &mut length[..width])?;
        let length = u32::from_le_bytes(length) as usize;
        if length > LONGEST {
            return Err(Error::format(format!("a header of {length} bytes is too long (at most {LONGEST})")));
        }
        let mut text = Vec::new();
        from.by_ref().take(length as u64).read_to_end(&mut text).map_err(Error::io)?;
        if text.len() < length {
            return Err(Error::format("the header ends too early"));
        }
        let text = std::str::from_utf8(&text).map_err(|_| Error::format("the header is no text"))?;
        Ok((Self::parse(text)?, 8 + width + length))
    }

    fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let (mut descr, mut order, mut shape) = (None, None, None);
        parser.expect('{')?;
        while !parser.take('}') {
            let key = parser.string()?;
            parser.expect(':')?;
            let known = match key {
                "descr" if descr.is_none() => descr.replace(parser.string()?).is_none(),
                "fortran_order" if order.is_none() => order.replace(parser.boolean()?).is_none(),
                "shape" if shape.is_none() => shape.replace(parser.lengths()?).is_none(),
                _ => false,
            };
            if !known {
                return Err(parser.wrong(&format!("the key {key:?} twice or not known")));
            }
            if !parser.take(',') {
                parser.expect('}')?;
                break;
            }
        }
        if !parser.rest.trim().is_empty() {
            return Err(parser.wrong("something behind the dictionary"));
        }
        let (Some(descr), Some(fortran_order), Some(shape)) = (descr, order, shape) else {
            return Err(Error::format("the header must have descr, fortran_order and shape"));
        };
        let (dtype, swapped) = dtype_of(descr)?;
        layout::element_count(&shape)?;
        Ok(Header { dtype, swapped, fortran_order, shape })
    }

    /// Writes all that comes before the elements, so that these begin at a multiple of 64 bytes.
    pub(super) fn write(&self, to: &mut impl Write) -> Result<()> {
        let order = if self.fortran_order { "True" } else { "False" };
        let shape = crate::error::Shape(&self.shape);
        let descr = self.dtype.str();
        let mut text = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}");
        // Version 1 has room for 65535 bytes: more than 64 axes' lengths take.
        let prefix = if text.len() < 60_000 { 10 } else { 12 };
        let padding = (prefix + text.len() + 1).next_multiple_of(64) - (prefix + text.len() + 1);
        text.extend(std::iter::repeat_n(' ', padding));
        text.push('\n');
        let mut bytes = MAGIC.to_vec();
        if prefix == 10 {
            bytes.extend([1, 0]);
            bytes.extend((text.len() as u16).to_le_bytes());
        } else {
            bytes.extend([2, 0]);
            bytes.extend((text.len() as u32).to_le_bytes());
        }
        bytes.extend(text.as_bytes());
        to.write_all(&bytes).map_err(Error::io)
    }
}

/// The dtype that a short name stands for, and whether its bytes are in the other order.
fn dtype_of(descr: &str) -> Result<(DType, bool)> {
    let (order, name) = match descr.chars().next() {
        Some(order @ ('<' | '>' | '|' | '=')) => (order, &descr[1..]),
        _ => ('=', descr),
    };
    let dtype = DType::ALL.iter().copied().find(|&dtype| &dtype.str()[1..] == name).ok_or_else(|| {
        Error::format(match name.starts_with('O') {
            true => "the file holds pickled Python objects, which only Python can load".to_owned(),
            false => format!("arrays cannot hold elements of the dtype '{descr}'"),
        })
    })?;
    let other = if cfg!(target_endian = "little") { '>' } else { '<' };
    Ok((dtype, order == other && dtype.item_size() > 1))
}

/// The little of Python's grammar that headers are written in.
struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn wrong(&self, what: &str) -> Error {
        let near: String = self.rest.chars().take(20).collect();
        Error::format(format!("the header of the .npy data is damaged: {what}, near {near:?}"))
    }

    /// Whether this character comes next; then it is passed.
    fn take(&mut self, character: char) -> bool {
        self.rest = self.rest.trim_start();
        self.rest.strip_prefix(character).inspect(|rest| self.rest = rest).is_some()
    }

    fn expect(&mut self, character: char) -> Result<()> {
        if self.take(character) { Ok(()) } else { Err(self.wrong(&format!("no {character:?}"))) }
    }

    fn string(&mut self) -> Result<&'a str> {
        let quote = match (self.take('\''), self.rest) {
            (true, _) => '\'',
            (false, _) if self.take('"') => '"',
            (false, rest) if rest.starts_with('[') => {
                return Err(Error::format("arrays of records (structured dtypes) cannot be read"));
            }
            _ => return Err(self.wrong("no string")),
        };
        let (string, rest) = self.rest.split_once(quote).ok_or_else(|| self.wrong("a string without end"))?;
        self.rest = rest;
        Ok(string)
    }

    fn boolean(&mut self) -> Result<bool> {
        self.rest = self.rest.trim_start();
        for (word, value) in [("True", true), ("False", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(value);
            }
        }
        Err(self.wrong("neither True nor False"))
    }

    fn lengths(&mut self) -> Result<Vec<usize>> {
        let mut lengths = Vec::new();
        self.expect('(')?;
        while !self.take(')') {
            self.rest = self.rest.trim_start();
            let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
            let (digits, rest) = self.rest.split_at(end);
            lengths.push(digits.parse().map_err(|_| self.wrong("a length that is no number, or too large"))?);
            // Python 2 wrote long integers with an L.
            self.rest = rest.strip_prefix('L').unwrap_or(rest);
            if !self.take(',') {
                self.expect(')')?;
                break;
            }
        }
        Ok(lengths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_they_are_written() {
        for &dtype in DType::ALL {
            for shape in [vec![], vec![3], vec![0, 5], vec![1; 64]] {
                let header = Header { dtype, swapped: false, fortran_order: shape.len() > 1, shape };
                let mut bytes = Vec::new();
                header.write(&mut bytes).unwrap();
                assert_eq!(bytes.len() % 64, 0);
                let (read, length) = Header::read(&mut &bytes[..]).unwrap();
                assert_eq!((read, length), (header, bytes.len()));
            }
        }
    }

    #[test]
    fn what_others_write_is_read() {
        let header = Header::parse("{\"shape\": (3L, 4), 'fortran_order':False,'descr': '>i2'}  \n").unwrap();
        assert_eq!((header.shape, header.swapped), (vec![3, 4], true));
        assert!(Header::parse("{'descr': '|b1', 'fortran_order': True, 'shape': (), }").is_ok());
    }

    #[test]
    fn damaged_headers_say_what_is_wrong() {
        let message = |text: &str| Header::parse(text).unwrap_err().to_string();
        assert!(message("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}").contains("pickled"));
        assert!(
            message("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,)}").contains("records")
        );
        assert!(message("{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}").contains("<f16"));
        assert!(message("{'descr': '<f8', 'fortran_order': 1, 'shape': (1,)}").contains("True"));
        assert!(message("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}").contains("length"));
        assert!(message("{'descr': '<f8', 'fortran_order': False}").contains("must have"));
        assert!(message("{'descr': '<f8', 'descr': '<f8'}").contains("twice"));
        let huge = "{'descr': '<f8', 'fortran_order': False, 'shape': (18446744073709551615, 9)}";
        assert!(Header::parse(huge).unwrap_err().is_memory());
        assert!(
            Header::read(&mut &b"PK\x03\x04 and more"[..]).unwrap_err().to_string().contains("no .npy data")
        );
        assert!(
            Header::read(&mut &b"\x93NUMPY\x02\x00\xff\xff\xff\xff"[..])
                .unwrap_err()
                .to_string()
                .contains("too long")
        );
        assert!(Header::read(&mut &b"\x93NUM"[..]).unwrap_err().is_file());
    }
}
