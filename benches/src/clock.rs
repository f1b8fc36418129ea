//! The measurement: contenders take turns, so that all see the same machine.
//!
//! Each contender is called often enough that a turn lasts some milliseconds, first to warm up,
//! then in rounds A B C A B C …. What counts is the median over rounds. Ratios are taken within a
//! round, between neighbours in time, and then their median: a machine that slows down for a while
//! slows both.

use std::time::Duration;

/// Something to be timed.
pub(crate) struct Contender<'a> {
    /// Who it is.
    pub(crate) name: &'static str,
    /// Calls it so often, and tells how long that took.
    pub(crate) run: Box<dyn FnMut(u64) -> Duration + Send + 'a>,
}

impl<'a> Contender<'a> {
    /// A Rust function.
    pub(crate) fn new(name: &'static str, mut call: impl FnMut() + Send + 'a) -> Self {
        let run = move |count| {
            let start = std::time::Instant::now();
            (0..count).for_each(|_| call());
            start.elapsed()
        };
        Contender { name, run: Box::new(run) }
    }
}

/// How long and how often to measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// How long a turn should last at least.
    pub(crate) turn: Duration,
    /// Rounds in which each contender takes one turn.
    pub(crate) rounds: usize,
    /// Time after which no new round begins, once three are done.
    pub(crate) limit: Duration,
}

/// What was found of one contender.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    /// Nanoseconds of one call: the median over rounds.
    pub(crate) ns: f64,
    /// The middle half of the rounds lies within this part of the median, above and below.
    pub(crate) spread: f64,
    /// How many times as long as the first contender: the median of the rounds' ratios.
    pub(crate) ratio: f64,
}

/// Times the contenders against each other. In their order.
pub(crate) fn measure(contenders: &mut [Contender<'_>], effort: Effort) -> Vec<Timing> {
    let counts: Vec<u64> = contenders.iter_mut().map(|contender| calibrate(contender, effort.turn)).collect();
    let mut times = vec![Vec::new(); contenders.len()];
    let start = std::time::Instant::now();
    for round in 0..effort.rounds {
        if round >= 3 && start.elapsed() > effort.limit {
            break;
        }
        for ((contender, &count), times) in contenders.iter_mut().zip(&counts).zip(&mut times) {
            times.push((contender.run)(count).as_secs_f64() * 1e9 / count as f64);
        }
    }
    let first = times[0].clone();
    times
        .into_iter()
        .map(|times| {
            let ratios = times.iter().zip(&first).map(|(time, first)| time / first).collect();
            let ns = quantile(times.clone(), 0.5);
            let spread = (quantile(times.clone(), 0.75) - quantile(times, 0.25)) / 2.0 / ns;
            Timing { ns, spread, ratio: quantile(ratios, 0.5) }
        })
        .collect()
}

/// How many calls fill a turn; warms up on the way.
fn calibrate(contender: &mut Contender<'_>, turn: Duration) -> u64 {
    let mut count = 1;
    loop {
        let time = (contender.run)(count);
        if time >= turn {
            return count;
        }
        // Towards the aim, but not by much more than what is certain.
        let factor = turn.as_secs_f64() / time.as_secs_f64().max(1e-9) * 1.1;
        count = (count as f64 * factor.clamp(1.5, 20.0)).ceil() as u64;
    }
}

/// The value below which this part of the values lies.
pub(crate) fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let position = part * (values.len() - 1) as f64;
    let (low, high) = (values[position.floor() as usize], values[position.ceil() as usize]);
    low + (high - low) * position.fract()
}

/// The geometric mean.
pub(crate) fn geometric_mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value.ln(), count + 1));
    (sum / count as f64).exp()
}
