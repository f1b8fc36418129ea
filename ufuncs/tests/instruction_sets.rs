//! Reductions and running sums have the same bits on every instruction set: this test runs itself under
//! each that the processor has.

use std::process::Command;

use array_core::{Array, Result, from_fn};
use fastrand::Rng;
use ufuncs::{cumprod, cumsum, logaddexp, logaddexp2, max, mean, nansum, nanvar, prod, std, sum, var};

/// Set in the processes that print bits.
const PRINT: &str = "NUMPYPY_TEST_PRINT_BITS";

/// The bits of many results, as text.
fn bits() -> Result<String> {
    let mut rng = Rng::with_seed(1);
    let mut found = String::new();
    let mut add = |array: Array<f64>| {
        let hash = array.to_vec().iter().fold(0u64, |hash, x| hash.rotate_left(7) ^ x.to_bits());
        found.push_str(&format!("{hash:016x} "));
    };
    for shape in [[1, 5003], [1201, 17], [17, 1201], [70, 70]] {
        let a = from_fn(shape, |_| (rng.f64() - 0.25) * 1e2f64.powi(rng.i32(-2..3)))?;
        for a in [a.clone(), a.t(), a.slice(array_core::s![.., ..;-2])?] {
            let single = a.astype::<f32>();
            for axis in [0, 1] {
                add(sum(&a, axis)?);
                add(prod(&a, axis)?);
                add(mean(&a, axis)?);
                add(var(&a, axis)?);
                add(nansum(&a, axis)?);
                add(nanvar(&a, axis)?);
                add(max(&a, axis)?);
                add(cumsum(&a, axis)?);
                add(logaddexp::reduce(&a, axis)?);
                add(logaddexp2::reduce(&a, axis)?);
                add(cumprod(&a, axis)?);
                add(sum(&single, axis)?.astype());
                add(std(&single, axis)?.astype());
            }
        }
    }
    Ok(found)
}

#[test]
fn same_bits_on_every_instruction_set() -> std::result::Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os(PRINT).is_some() {
        println!("bits: {}", bits()?);
        return Ok(());
    }
    let of = |isa: &str| -> std::result::Result<String, Box<dyn std::error::Error>> {
        let output = Command::new(std::env::current_exe()?)
            .args(["--exact", "same_bits_on_every_instruction_set", "--nocapture"])
            .env(PRINT, "1")
            .env("NUMPYPY_ISA", isa)
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let start = text.find("bits: ").ok_or_else(|| format!("no bits from {isa}: {text}"))?;
        Ok(text[start..].lines().next().unwrap_or_default().to_string())
    };
    let best = of("avx512")?;
    assert_eq!(of("avx2")?, best, "avx2");
    assert_eq!(of("baseline")?, best, "baseline");
    Ok(())
}
