//! Terrain under the sun: matplotlib's own elevation sample, read by our `.npz` reader; its slope, its aspect and its
//! shading by our indexing and functions; drawn by matplotlib on the same memory. NumPy and matplotlib then
//! compute the same, and the largest differences are printed.
//!
//! ```text
//! cargo run --release --example hillshade                   # a window; without a display, hillshade.png
//! cargo run --release --example hillshade -- mountains.png  # a file
//! ```

use std::error::Error;

use numpypy::foreign::Object;
use numpypy::{
    Array, Npz, arctan, arctan2, clip, cos, degrees, gradient, hypot, import, matvec, max, min, newaxis, py,
    radians, remainder, require, s, scalar, sin, sqrt, sum, zeros,
};

/// Where the sun stands: its direction on the compass and its height above the horizon, in degrees.
const AZIMUTH: f64 = 315.0;
const ALTITUDE: f64 = 45.0;
/// How much higher the mountains are drawn than they are.
const EXAGGERATION: f64 = 3.0;
/// Metres in a degree of latitude.
const METRES: f64 = 111_200.0;

/// What is computed of the elevations.
struct Terrain {
    /// How steep it is, in degrees.
    slope: Array<f64>,
    /// Where it falls to, in degrees of the compass: 0 is north, 90 east.
    aspect: Array<f64>,
    /// How much light it gets, from 0 to 1.
    light: Array<f64>,
}

/// Rows go from north to south; `dx` and `dy` are the metres from one sample to the next.
fn terrain(elevation: &Array<f64>, dx: f64, dy: f64) -> numpypy::Result<Terrain> {
    let east = gradient(elevation, 1, dx)?;
    let north = gradient(elevation, 0, -dy)?;
    let slope = degrees(&arctan(&hypot(&east, &north)?));
    // Downhill, clockwise from north; water at rest falls nowhere, which `arctan2` says by zero.
    let downhill = arctan2(&(&east * -1.0), &(&north * -1.0))?;
    let aspect = remainder(&degrees(&downhill), 360.0)?;
    let light = light(&(&east * EXAGGERATION), &(&north * EXAGGERATION))?;
    Ok(Terrain { slope, aspect, light })
}

/// The light on a surface with these gradients, as matplotlib's `LightSource.hillshade` defines it: the normal's
/// share that points to the sun, stretched to 0..1.
fn light(east: &Array<f64>, north: &Array<f64>) -> numpypy::Result<Array<f64>> {
    let mut normal = zeros::<f64>([east.shape()[0], east.shape()[1], 3])?;
    normal.assign(s![..., 0], &(east * -1.0))?;
    normal.assign(s![..., 1], &(north * -1.0))?;
    normal.assign(s![..., 2], &scalar(1.0))?;
    let length = sqrt(&sum(&(&normal * &normal), -1)?);
    normal /= &length.slice(s![.., .., newaxis])?;

    let (azimuth, altitude) = (radians(&scalar(90.0 - AZIMUTH)), radians(&scalar(ALTITUDE)));
    let sun = [cos(&azimuth) * cos(&altitude), sin(&azimuth) * cos(&altitude), sin(&altitude)];
    let sun: Array<f64> = sun.iter().map(|part| part.item()).collect::<numpypy::Result<_>>()?;
    let intensity = matvec(&normal, &sun)?;
    let (least, most) = (min(&intensity, ..)?, max(&intensity, ..)?);
    clip(&((&intensity - &least) / (&most - &least)), 0.0, 1.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1);
    require(["numpy", "matplotlib"])?;
    if path.is_some() {
        // Saving needs no window, so ask for none.
        py!((import("matplotlib")?).use("agg"))?;
    }

    let cbook = import("matplotlib.cbook")?;
    let sample: String =
        py!(cbook.get_sample_data("jacksboro_fault_dem.npz", asfileobj = false))?.extract()?;
    let mut sample = Npz::open(sample)?;
    let elevation = sample.get::<i16>("elevation")?.astype::<f64>();
    let of_degrees = |sample: &mut Npz, name: &str| sample.get::<f64>(name)?.item();
    // A degree of longitude is the shorter the farther from the equator.
    let latitude = radians(&scalar(of_degrees(&mut sample, "ymin")?));
    let dx = METRES * of_degrees(&mut sample, "dx")? * cos(&latitude).item()?;
    let dy = METRES * of_degrees(&mut sample, "dy")?;
    println!(
        "{} × {} samples, {dx:.1} m by {dy:.1} m apart, {} to {} m high",
        elevation.shape()[0],
        elevation.shape()[1],
        min(&elevation, ..)?.item()?,
        max(&elevation, ..)?.item()?,
    );

    let found = terrain(&elevation, dx, dy)?;
    compare(&elevation, &found, dx, dy)?;
    let plt = import("matplotlib.pyplot")?;
    draw(&plt, &elevation, &found, dx, dy)?;
    let backend: String = py!(plt.get_backend())?.extract()?;
    match path {
        Some(path) => save(&plt, &path)?,
        None if backend.eq_ignore_ascii_case("agg") => save(&plt, "hillshade.png")?,
        None => drop(py!(plt.show())?),
    }
    Ok(())
}

/// The same by NumPy and by matplotlib: prints the largest differences, and fails if they are more than rounding.
fn compare(elevation: &Array<f64>, found: &Terrain, dx: f64, dy: f64) -> Result<(), Box<dyn Error>> {
    let np = import("numpy")?;
    let gradients = py!(np.gradient(elevation, -dy, dx))?;
    let (north, east) = (py!(gradients[0])?, py!(gradients[1])?);
    let slope = py!(np.degrees(py!(np.arctan(py!(np.hypot(&east, &north))?))?))?;
    let downhill = py!(np.arctan2(py!(np.negative(&east))?, py!(np.negative(&north))?))?;
    let aspect = py!(np.remainder(py!(np.degrees(downhill))?, 360.0))?;
    let sun = py!((import("matplotlib.colors")?).LightSource(azdeg = AZIMUTH, altdeg = ALTITUDE))?;
    let light = py!(sun.hillshade(elevation, vert_exag = EXAGGERATION, dx = dx, dy = dy))?;

    for (name, ours, theirs, most) in [
        ("slope, in degrees", &found.slope, &slope, 1e-13),
        ("aspect, in degrees", &found.aspect, &aspect, 1e-12),
        ("light, 0 to 1", &found.light, &light, 1e-14),
    ] {
        let difference: f64 = py!(np.max(py!(np.abs(py!(np.subtract(ours, theirs))?))?))?.extract()?;
        println!("{name}: at most {difference:.1e} from NumPy's");
        if difference.is_nan() || difference > most {
            return Err(format!("{name}: more than {most:.0e}").into());
        }
    }
    Ok(())
}

/// The whole in light, a part of it enlarged, and its slope and aspect.
fn draw(
    plt: &Object,
    elevation: &Array<f64>,
    found: &Terrain,
    dx: f64,
    dy: f64,
) -> Result<(), Box<dyn Error>> {
    let figure = py!(plt.figure(figsize = (9.6, 8.6), layout = "constrained"))?;
    py!(figure
        .suptitle("Hillshade, slope and aspect computed in Rust, drawn by matplotlib on the same memory"))?;
    let panel = |place: i64, title: &str| -> Result<Object, Box<dyn Error>> {
        let axes = py!(figure.add_subplot(2, 2, place))?;
        py!(axes.set_title(title))?;
        py!(axes.set_xticks(Vec::<f64>::new()))?;
        py!(axes.set_yticks(Vec::<f64>::new()))?;
        Ok(axes)
    };
    let ratio = dy / dx;
    let bar =
        |image: Object, axes: Object, label: &str| py!(figure.colorbar(image, ax = axes, label = label));

    let axes = panel(1, "sunlight from the north-west")?;
    py!(axes.imshow(&found.light, cmap = "gray", aspect = ratio))?;
    // Views of the same memory: a part of the rows and columns.
    let part = s![100..220, 130..270];
    let axes = panel(2, "a part of it, coloured by height")?;
    py!(axes.imshow(&found.light.slice(&part)?, cmap = "gray", aspect = ratio))?;
    let heights = elevation.slice(&part)?;
    let image = py!(axes.imshow(&heights, cmap = "terrain", aspect = ratio, alpha = 0.45))?;
    bar(image, axes, "metres")?;
    let axes = panel(3, "slope")?;
    let image = py!(axes.imshow(&found.slope, cmap = "viridis", aspect = ratio))?;
    bar(image, axes, "degrees")?;
    let axes = panel(4, "aspect: the way downhill")?;
    let image = py!(axes.imshow(&found.aspect, cmap = "twilight", aspect = ratio, vmin = 0.0, vmax = 360.0))?;
    bar(image, axes, "degrees from north, clockwise")?;
    Ok(())
}

fn save(plt: &Object, path: &str) -> Result<(), Box<dyn Error>> {
    py!(plt.savefig(path, dpi = 110))?;
    println!("saved {path}");
    Ok(())
}
