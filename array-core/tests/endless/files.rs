//! Writing files.

use array_core::*;

use super::{fault, vector};

#[test]
fn files_are_written_or_refused() {
    let v = vector(1.5);
    let full = |bytes: usize| Full { room: bytes };
    survives! {
        write_npy(&mut full(1 << 16), &v).or_else(memory_or_full);
        write_npy_any(&mut full(1 << 16), &v.clone().into()).or_else(memory_or_full);
    }
}

/// Takes so many bytes and then no more.
struct Full {
    room: usize,
}

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.room);
        self.room -= taken;
        Ok(taken)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn memory_or_full(error: Error) -> Result<()> {
    if error.is_file() { Ok(()) } else { Err(error) }
}
