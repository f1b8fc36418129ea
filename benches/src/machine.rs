//! The machine: what it is, and threads to measure on.

use std::fs;

use numpypy::{foreign, py};

use crate::Failure;
use crate::python::Python;
use crate::record::Machine;

pub(crate) fn machine(python: &Python) -> Result<Machine, Failure> {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let (major, minor, patch) = foreign::interpreter()?.version();
    let numpy = &python.numpy;
    Ok(Machine {
        processor: model.map_or("an unknown processor", |(_, model)| model).to_owned(),
        threads: std::thread::available_parallelism()?.get(),
        instruction_set: format!("{:?}", array_core::engine::isa::level()),
        python: format!("CPython {major}.{minor}.{patch}"),
        numpy: py!(numpy.__version__)?.extract()?,
    })
}

/// A rayon pool for each number of threads.
///
/// All of a cell runs in its pool, NumPy's side too, so that no call of ours pays for entering it.
/// Each thread is pinned to a core: one that wanders between cores finds its caches cold.
pub(crate) struct Pools(Vec<rayon::ThreadPool>);

impl Pools {
    pub(crate) fn new(most: usize) -> Result<Self, Failure> {
        let cores = core_affinity::get_core_ids().unwrap_or_default();
        let pools = (1..=most).map(|threads| {
            let cores = cores.clone();
            // From the last core on: the first is where interrupts are served.
            let pin = move |thread: usize| {
                if let Some(&core) = cores.iter().rev().nth(thread) {
                    core_affinity::set_for_current(core);
                }
            };
            rayon::ThreadPoolBuilder::new().num_threads(threads).start_handler(pin).build()
        });
        Ok(Pools(pools.collect::<Result<_, _>>()?))
    }

    /// Runs `f` where our functions use this many threads.
    pub(crate) fn install<R: Send>(&self, threads: usize, f: impl FnOnce() -> R + Send) -> R {
        self.0[threads - 1].install(f)
    }
}
