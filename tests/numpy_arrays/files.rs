//! Files that either side writes, read by the other.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, numpy};
use crate::random::{Random, array};
use crate::scope::Scope;

/// Files that either side writes are read by the other, for every dtype and order.
#[test]
fn files_are_numpys() -> Outcome {
    numpy();
    let folder = std::env::temp_dir().join(format!("numpypy-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (npy, npz) = (folder.join("a.npy"), folder.join("a.npz"));
    let rng = &mut Rng::with_seed(4);

    fn of<T: Random + Plain>(rng: &mut Rng, npy: &std::path::Path, npz: &std::path::Path) -> Outcome {
        for _ in 0..12 {
            let a: Array<T> = array(rng);
            let scope = Scope::new().with("a", &a);
            let (npy_name, npz_name) = (format!("{:?}", npy), format!("{:?}", npz));
            save(npy, &a)?;
            scope.check(Ok(a.clone()), &format!("np.load({npy_name})"));
            for order in ["C", "F"] {
                for swap in ["", ".astype(a.dtype.newbyteorder())"] {
                    scope.eval(&format!("np.save({npy_name}, np.asarray(a, order='{order}'){swap})"))?;
                    scope.check(load::<T>(npy), "a");
                }
            }
            for function in ["savez", "savez_compressed"] {
                scope.eval(&format!("np.{function}({npz_name}, x=a, y=np.arange(3))"))?;
                let mut file = Npz::open(npz)?;
                assert_eq!(file.names(), ["x", "y"]);
                scope.check(file.get::<T>("x"), "a");
            }
            for compressed in [false, true] {
                let file = NpzWriter::create(npz)?;
                let mut file = if compressed { file.compressed() } else { file };
                file.add("x", &a)?;
                file.add("y", &arange(3)?)?;
                file.finish()?;
                scope.check(Ok(a.clone()), &format!("np.load({npz_name})['x']"));
            }
        }
        Ok(())
    }
    of::<bool>(rng, &npy, &npz)?;
    of::<u8>(rng, &npy, &npz)?;
    of::<i32>(rng, &npy, &npz)?;
    of::<i64>(rng, &npy, &npz)?;
    of::<f32>(rng, &npy, &npz)?;
    of::<f64>(rng, &npy, &npz)?;
    of::<complex128>(rng, &npy, &npz)?;

    let text = folder.join("a.txt");
    let name = format!("{:?}", text);
    for _ in 0..30 {
        let shape = [rng.usize(1..4), rng.usize(1..4)];
        let a: Array<f64> = from_fn(shape, |_| (rng.f64() - 0.5) * 10f64.powi(rng.i32(-300..300)))?;
        let scope = Scope::new().with("a", &a);
        savetxt(&text, &a, &TextOptions::default())?;
        scope.check(Ok(squeeze(&a, ..)?), &format!("np.loadtxt({name})"));
        let ours = std::fs::read_to_string(&text)?;
        scope.eval(&format!("np.savetxt({name}, a)"))?;
        assert_eq!(ours, std::fs::read_to_string(&text)?);
        scope.check(loadtxt(&text, &TextOptions::default()), &format!("np.loadtxt({name})"));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
