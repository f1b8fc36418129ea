//! Damaged and hostile files: each is an error or an array, none crashes, none makes us ask for more than
//! ten times the file's size.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::Cursor;

use array_core::{Array, NpzWriter, from_fn, load_any, read_npy_any, write_npy};

/// The system's allocator, which also counts what this thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        MOST.with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call is handed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most that this thread held while `f` ran, beyond what it held before.
fn most_held(f: impl FnOnce()) -> usize {
    let before = HELD.get();
    MOST.set(before);
    f();
    (MOST.get() - before) as usize
}

/// Numbers that look random, the same in every run.
fn noise(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed ^ mixed >> 27
    }
}

/// A few bytes changed, or some left out or doubled, mostly near the beginning or the end.
fn mutate(bytes: &mut Vec<u8>, random: &mut impl FnMut() -> u64) {
    for _ in 0..1 + random() % 4 {
        let length = bytes.len().max(1) as u64;
        let near = random() % length.min(200);
        let at = match random() % 4 {
            0 => random() % length,
            1 => length - 1 - near,
            _ => near,
        } as usize;
        match random() % 8 {
            0 => bytes.truncate(at),
            1 => {
                let end = (at + 1 + random() as usize % 9).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            2 => {
                let end = (at + 1 + random() as usize % 9).min(bytes.len());
                let copy = bytes[at.min(end)..end].to_vec();
                bytes.splice(at.min(end)..at.min(end), copy);
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = b"0123456789-LO<>|(),{}'"[random() as usize % 22];
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (random() % 8);
                }
            }
        }
    }
}

fn sample() -> Array<f64> {
    let mut random = noise(1);
    from_fn([40, 60], |_| f64::from_bits(random())).unwrap()
}

#[test]
fn ten_thousand_damaged_npy_files() {
    let mut whole = Vec::new();
    write_npy(&mut whole, &sample().t()).unwrap();
    let (mut random, mut refused) = (noise(2), 0);
    for _ in 0..10_000 {
        let mut bytes = whole.clone();
        mutate(&mut bytes, &mut random);
        let held = most_held(|| refused += usize::from(read_npy_any(&mut &bytes[..]).is_err()));
        assert!(held <= 10 * bytes.len().max(2_000), "{held} bytes were held for a file of {}", bytes.len());
    }
    assert!(refused > 1_000, "only {refused} were found to be damaged");
}

#[test]
fn ten_thousand_damaged_npz_files() {
    let path = std::env::temp_dir().join(format!("numpypy-hostile-{}.npz", std::process::id()));
    for compressed in [false, true] {
        let mut bytes = Cursor::new(Vec::new());
        let mut file = NpzWriter::new(&mut bytes);
        if compressed {
            file = file.compressed();
        }
        file.add("x", &sample()).unwrap();
        file.add("flags", &Array::from([true, false])).unwrap();
        file.finish().unwrap();
        let whole = bytes.into_inner();
        let (mut random, mut refused) = (noise(3), 0);
        for _ in 0..5_000 {
            let mut bytes = whole.clone();
            mutate(&mut bytes, &mut random);
            std::fs::write(&path, &bytes).unwrap();
            let held = most_held(|| {
                let read = || -> array_core::Result<()> {
                    let mut file = array_core::Npz::open(&path)?;
                    file.names().iter().try_for_each(|name| file.get_any(name).map(drop))
                };
                refused += usize::from(read().is_err());
            });
            // Tables of the decompressor come on top.
            assert!(
                held <= 10 * bytes.len() + 200_000,
                "{held} bytes were held for a file of {}",
                bytes.len()
            );
        }
        assert!(refused > 1_000, "only {refused} were found to be damaged");
    }
    std::fs::remove_file(&path).unwrap();
    assert!(load_any(&path).unwrap_err().is_file());
}
