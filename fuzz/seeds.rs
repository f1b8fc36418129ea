//! Writes valid files of every kind, from which fuzzing begins: `seeds FOLDER` makes `npy/`, `npz/` and `text/` in it.

use std::fs;
use std::path::{Path, PathBuf};

use array_core::{
    Array, Element, NpzWriter, Plain, Result, TextOptions, arange, complex64, complex128, f16, from_fn, save,
    savetxt, zeros,
};

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).expect("the folder to write to"));
    let made = |name: &str| {
        let made = folder.join(name);
        fs::create_dir_all(&made).expect("the folder can be made");
        made
    };
    let (npy, npz, text) = (made("npy"), made("npz"), made("text"));
    all_layouts::<bool>(&npy)?;
    all_layouts::<i8>(&npy)?;
    all_layouts::<i16>(&npy)?;
    all_layouts::<i32>(&npy)?;
    all_layouts::<i64>(&npy)?;
    all_layouts::<u8>(&npy)?;
    all_layouts::<u16>(&npy)?;
    all_layouts::<u32>(&npy)?;
    all_layouts::<u64>(&npy)?;
    all_layouts::<f16>(&npy)?;
    all_layouts::<f32>(&npy)?;
    all_layouts::<f64>(&npy)?;
    all_layouts::<complex64>(&npy)?;
    all_layouts::<complex128>(&npy)?;

    for compressed in [false, true] {
        let file = NpzWriter::create(npz.join(format!("compressed-{compressed}.npz")))?;
        let mut file = if compressed { file.compressed() } else { file };
        file.add("x", &arange(100)?)?;
        file.add("flags", &Array::from([true, false]))?;
        file.add("nothing", &zeros::<f32>([0, 3])?)?;
        file.finish()?;
    }

    // Three bytes of options come first: see the target.
    let table = from_fn([4, 3], |at| at[0] as f64 - 0.25 * at[1] as f64)?;
    for (number, delimiter) in [None, Some(','), Some(' '), Some('\t'), Some('é')].into_iter().enumerate() {
        let path = text.join(format!("{number}.txt"));
        savetxt(
            &path,
            &table,
            &TextOptions { delimiter, header: "a header".into(), ..TextOptions::default() },
        )?;
        let mut bytes = vec![number as u8, number as u8 % 2, 0];
        bytes.extend(fs::read(&path).expect("just written"));
        fs::write(&path, bytes).expect("just written");
    }
    Ok(())
}

fn all_layouts<T: Element + Plain>(folder: &Path) -> Result<()> {
    let a: Array<T> = arange(24)?.reshape([2, 3, 4])?.astype();
    let layouts = [
        ("rows", a.clone()),
        ("columns", a.t()),
        ("scalar", a.reshape([24])?.slice(array_core::s![5])?),
        ("empty", zeros([0, 7])?),
        ("deep", a.reshape(vec![1; 20].into_iter().chain([24]).collect::<Vec<usize>>().as_slice())?),
    ];
    for (name, a) in layouts {
        save(folder.join(format!("{}-{name}.npy", T::DTYPE)), &a)?;
    }
    Ok(())
}
