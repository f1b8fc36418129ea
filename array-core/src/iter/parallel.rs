//! Iteration on rayon's threads: whatever can be split can be shared.
//!
//! The work goes to the pool that the caller is in (`ThreadPool::install`), else to rayon's global one.

use std::fmt;

use rayon::iter::plumbing::{Consumer, Producer, ProducerCallback, UnindexedConsumer, bridge};
use rayon::iter::{FromParallelIterator, IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::{IntoIter, Iter, IterMut};
use crate::{Array, Element};

/// An iterator that can be split anywhere.
pub trait Splittable: DoubleEndedIterator + ExactSizeIterator + Send {
    /// The first `index` items, and the others.
    ///
    /// # Panics
    /// When there are less than `index`.
    fn split_at(self, index: usize) -> (Self, Self)
    where
        Self: Sized;
}

/// A parallel iterator over the items of an iterator that can be split: elements, rows, chunks.
#[must_use = "iterators do nothing unless asked for items"]
pub struct Parallel<I>(pub(super) I);

impl<I> fmt::Debug for Parallel<I>
where
    I: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Parallel").field(&self.0).finish()
    }
}

impl<I: Splittable<Item: Send>> ParallelIterator for Parallel<I> {
    type Item = I::Item;

    fn drive_unindexed<C: UnindexedConsumer<I::Item>>(self, consumer: C) -> C::Result {
        bridge(self, consumer)
    }

    fn opt_len(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

impl<I: Splittable<Item: Send>> IndexedParallelIterator for Parallel<I> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn drive<C: Consumer<I::Item>>(self, consumer: C) -> C::Result {
        bridge(self, consumer)
    }

    fn with_producer<C: ProducerCallback<I::Item>>(self, callback: C) -> C::Output {
        callback.callback(Share(self.0))
    }
}

/// What one thread takes, or splits for another.
struct Share<I>(I);

impl<I: Splittable> Producer for Share<I> {
    type Item = I::Item;
    type IntoIter = I;

    fn into_iter(self) -> I {
        self.0
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (first, last) = self.0.split_at(index);
        (Share(first), Share(last))
    }
}

/// The elements, on several threads: rayon's `par_iter()`.
///
/// ```
/// use rayon::prelude::*;
/// # use array_core::arange;
/// let a = arange(1000)?;
/// assert_eq!(a.par_iter().filter(|&&x| x % 7 == 0).count(), 143);
/// # Ok::<(), array_core::Error>(())
/// ```
impl<'a, T: Element> IntoParallelIterator for &'a Array<T> {
    type Item = &'a T;
    type Iter = Parallel<Iter<'a, T>>;
    fn into_par_iter(self) -> Self::Iter {
        Parallel(self.iter())
    }
}

/// The elements, to write to on several threads: rayon's `par_iter_mut()`; copies them first unless unique.
///
/// ```
/// use rayon::prelude::*;
/// # use array_core::zeros;
/// let mut a = zeros::<f64>([10, 10])?;
/// a.par_iter_mut().enumerate().for_each(|(i, x)| *x = i as f64);
/// assert_eq!(a[[2, 3]], 23.0);
/// # Ok::<(), array_core::Error>(())
/// ```
impl<'a, T: Element> IntoParallelIterator for &'a mut Array<T> {
    type Item = &'a mut T;
    type Iter = Parallel<IterMut<'a, T>>;
    fn into_par_iter(self) -> Self::Iter {
        Parallel(self.iter_mut())
    }
}

/// The elements, on several threads.
impl<T: Element> IntoParallelIterator for Array<T> {
    type Item = T;
    type Iter = Parallel<IntoIter<T>>;
    fn into_par_iter(self) -> Self::Iter {
        Parallel(self.into_iter())
    }
}

/// A vector of what several threads give, in order.
///
/// ```
/// use rayon::prelude::*;
/// # use array_core::Array;
/// let squares: Array<i64> = (0..5i64).into_par_iter().map(|x| x * x).collect();
/// assert_eq!(squares.to_vec(), [0, 1, 4, 9, 16]);
/// ```
impl<T: Element> FromParallelIterator<T> for Array<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = T>>(values: I) -> Self {
        Array::from_vec(Vec::from_par_iter(values))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Mutex;

    use rayon::prelude::*;

    use crate::{Array, arange, flip};

    #[test]
    fn all_elements_once_in_order() {
        let a = arange(60_000i64).unwrap().reshape([30, 40, 50]).unwrap();
        for a in [a.t(), flip(&a, ..).unwrap(), a.clone()] {
            let expected = a.to_vec();
            assert_eq!(a.par_iter().copied().collect::<Vec<_>>(), expected);
            assert_eq!(a.clone().into_par_iter().collect::<Array<_>>().to_vec(), expected);
            assert_eq!(a.par_iter().rev().step_by(7).copied().collect::<Vec<_>>(), {
                expected.iter().rev().step_by(7).copied().collect::<Vec<_>>()
            });
            assert_eq!(a.par_iter().sum::<i64>(), 60_000 * 59_999 / 2);
            let mut changed = a.clone();
            changed.par_iter_mut().zip(&a).for_each(|(x, &y)| *x = 2 * y);
            assert_eq!(changed, &a + &a);
            assert_eq!(a.to_vec(), expected);
        }
    }

    #[test]
    fn rows_and_chunks() {
        let mut a = arange(6000i64).unwrap().reshape([60, 100]).unwrap();
        let sums: Vec<i64> = a.par_axis_iter(0).unwrap().map(|row| row.iter().sum()).collect();
        assert_eq!(sums, a.axis_iter(0).unwrap().map(|row| row.iter().sum()).collect::<Vec<i64>>());
        let lengths: Vec<usize> = a.par_axis_chunks_iter(1, 30).unwrap().map(|chunk| chunk.len()).collect();
        assert_eq!(lengths, [1800, 1800, 1800, 600]);
        assert_eq!(a.par_rows().unwrap().map(|row| row[-1]).max(), Some(5999));
        a.par_axis_iter_mut(-1).unwrap().enumerate().for_each(|(i, mut column)| column.fill(i as i64));
        a.par_axis_chunks_iter_mut(0, 7).unwrap().for_each(|mut chunk| chunk[[0, 0]] = -1);
        a.par_rows_mut().unwrap().for_each(|mut row| row[99] = 5);
        assert_eq!((a[[3, 98]], a[[7, 0]], a[[8, 0]], a[[59, 99]]), (98, -1, 0, 5));
        assert!(a.par_axis_iter(2).is_err());
    }

    #[test]
    fn the_callers_pool_does_the_work() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let expected: HashSet<_> = pool.broadcast(|_| std::thread::current().id()).into_iter().collect();
        let found = Mutex::new(HashSet::new());
        let a = arange(1000i64).unwrap();
        pool.install(|| {
            a.par_iter().for_each(|_| {
                found.lock().unwrap().insert(std::thread::current().id());
            });
        });
        assert!(found.into_inner().unwrap().is_subset(&expected));
    }
}
