//! The measurement: contenders take turns, so that all see the same machine.
//!
//! Each contender is called often enough that a turn lasts some milliseconds, first to warm up,
//! then in rounds A B C A B C …. What counts is the median over rounds. Ratios are taken within a
//! round, between neighbours in time, and then their median: a machine that slows down for a while
//! slows both. Rounds end when the ratio is known well enough.
//!
//! How much faster several threads are than one needs rounds of its own: a call on all cores is held up
//! whenever one of them is, and a slow contender leaves time for few rounds.

use std::time::{Duration, Instant};

use crate::machine::Pools;

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
            let start = Instant::now();
            (0..count).for_each(|_| call());
            start.elapsed()
        };
        Contender { name, run: Box::new(run) }
    }
}

/// Who is timed, and on how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Which contender.
    pub(crate) who: usize,
    /// In which pool.
    pub(crate) threads: usize,
}

/// How long and how often to measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// How long a turn should last at least.
    pub(crate) turn: Duration,
    /// Rounds in which each contender takes one turn: at least, where they are short, and at most.
    pub(crate) rounds: (usize, usize),
    /// Time after which no new round begins, once two are done.
    pub(crate) limit: Duration,
    /// The standard error of a ratio that is good enough.
    pub(crate) error: f64,
}

/// What was found of one turn: nanoseconds of a call, by rounds.
#[derive(Clone, Debug)]
pub(crate) struct Timing(Vec<f64>);

impl Timing {
    /// Nanoseconds of one call: the median over rounds.
    pub(crate) fn ns(&self) -> f64 {
        quantile(self.0.clone(), 0.5)
    }

    /// Nanoseconds of one call in the round that nothing disturbed.
    pub(crate) fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The middle half of the rounds lies within this part of the median, above and below.
    pub(crate) fn spread(&self) -> f64 {
        half_width(&self.0) / self.ns()
    }

    /// How many times as long as the other: the median of the rounds' ratios, and its standard error
    /// as a part of it.
    pub(crate) fn ratio(&self, other: &Timing) -> (f64, f64) {
        let ratios: Vec<f64> = self.0.iter().zip(&other.0).map(|(a, b)| a / b).collect();
        let median = quantile(ratios.clone(), 0.5);
        // Of a normal distribution, the middle half reaches 0.674 standard deviations to either side,
        // and the median of n draws has a standard error of 1.253 of them over √n.
        let error = 1.253 / 0.674 * half_width(&ratios) / (ratios.len() as f64).sqrt();
        (median, error / median)
    }
}

fn half_width(values: &[f64]) -> f64 {
    (quantile(values.to_vec(), 0.75) - quantile(values.to_vec(), 0.25)) / 2.0
}

/// Times the turns against each other. In their order; the second is compared with all others.
pub(crate) fn measure(
    contenders: &mut [Contender<'_>],
    turns: &[Turn],
    pools: &Pools,
    effort: Effort,
) -> Vec<Timing> {
    let mut run = |turn: Turn, count: u64| {
        let contender = &mut contenders[turn.who];
        pools.install(turn.threads, || (contender.run)(count))
    };
    let counts: Vec<u64> =
        turns.iter().map(|&turn| calibrate(|count| run(turn, count), effort.turn)).collect();
    let mut times = vec![Timing(Vec::new()); turns.len()];
    let mut one_round = |times: &mut [Timing], takes_part: &dyn Fn(Turn) -> bool| {
        for ((&turn, &count), Timing(times)) in turns.iter().zip(&counts).zip(times) {
            if takes_part(turn) {
                times.push(run(turn, count).as_secs_f64() * 1e9 / count as f64);
            }
        }
    };
    let start = Instant::now();
    for round in 0..effort.rounds.1 {
        if round >= 2 && start.elapsed() > effort.limit {
            break;
        }
        if round >= effort.rounds.0 && known(&times, effort.error) {
            break;
        }
        one_round(&mut times, &|_| true);
    }
    // On one thread and on more, by itself.
    let first = |turn: Turn| turn.who == turns[0].who;
    let several = turns.iter().any(|&turn| first(turn) && turn.threads != turns[0].threads);
    let start = Instant::now();
    while several && times[0].0.len() < effort.rounds.1 && start.elapsed() < effort.limit / 3 {
        one_round(&mut times, &first);
    }
    times
}

/// Whether all ratios are known well enough: those near one better than others.
fn known(times: &[Timing], good: f64) -> bool {
    let [first, second, others @ ..] = times else { return true };
    others.iter().chain([first]).all(|timing| {
        let (ratio, error) = second.ratio(timing);
        error <= good || (error <= 4.0 * good && ratio.ln().abs() > 8.0 * error + 0.1)
    })
}

/// How many calls fill a turn; warms up on the way.
fn calibrate(mut run: impl FnMut(u64) -> Duration, turn: Duration) -> u64 {
    let mut count = 1;
    loop {
        let time = run(count);
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
