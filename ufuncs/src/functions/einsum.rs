//! Sums of products by Einstein's convention: axes are named by letters, and those that the result does not name are
//! summed over.
//!
//! Operands are taken from left to right, two at a time. Letters of one operand alone are summed over first; a letter
//! of both, that is needed no more, becomes the inner axis of a product of matrices; without one, elements are multiplied.

use std::borrow::Borrow;

use array_core::engine::call;
use array_core::engine::kernel::Binary;
use array_core::operators::kernels::Multiply;
use array_core::{Array, Element, Error, Promote, Result, diagonal, ones};

use super::products::product;
use crate::linear::number::Factor;
use crate::linear::plan::{Form, shape_text};

/// The name of an axis: a letter's number, or that of an axis of the ellipsis.
type Label = u32;
/// The last axis of the ellipsis, which broadcasts; those before it follow.
const LAST_OF_ELLIPSIS: Label = char::MAX as u32 + 1;

/// The sum of products that these subscripts describe: a letter for each axis of each operand, and after `->` those of the
/// result. Over all other letters it is summed; a letter that an operand has twice is its diagonal. Without `->` the result
/// has the letters that come once, in alphabetical order. `...` stands for axes that broadcast.
///
/// | | |
/// |---|---|
/// | `"ij,jk->ik"` | a product of matrices |
/// | `"bij,bjk->bik"` | of each pair in two stacks of them |
/// | `"i,j->ij"` | each with each |
/// | `"ii->"`, `"ii->i"` | a trace, a diagonal |
/// | `"ij->ji"` | a transposed matrix: the same memory |
///
/// # Errors
/// When the subscripts are not of this form, or do not have a letter for each axis of each operand; when a letter's axes are
/// of different lengths (1 broadcasts).
///
/// ```
/// use array_core::array;
/// use ufuncs::einsum;
///
/// let (a, b) = (array![[1, 2], [3, 4]], array![[1, 0], [2, 1]]);
/// assert_eq!(einsum("ij,jk->ik", &[&a, &b])?, array![[5, 2], [11, 4]]);
/// assert_eq!(einsum("ij,ij->i", &[&a, &b])?, array![1, 10]);
/// assert_eq!(einsum("ii", &[&a])?.item()?, 5);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn einsum<T, A>(subscripts: &str, operands: &[A]) -> Result<Array<T>>
where
    T: Factor + Promote<T, Output = T>,
    A: Borrow<Array<T>>,
    Multiply: Binary<T, Output = T>,
{
    let arrays: Vec<&Array<T>> = operands.iter().map(Borrow::borrow).collect();
    let ranks: Vec<usize> = arrays.iter().map(|array| array.ndim()).collect();
    let (inputs, output) = parsed(subscripts, &ranks)?;
    let mut terms = Vec::new();
    for (array, labels) in arrays.iter().zip(&inputs) {
        terms.push(
            Term { array: (*array).clone(), labels: labels.clone() }
                .broadcast(&inputs, &arrays)?
                .diagonals()?,
        );
    }
    let mut terms = terms.into_iter();
    let mut all = terms.next().expect("there is an operand");
    for (i, term) in terms.enumerate() {
        let later = &inputs[i + 2..];
        all =
            all.times(term, |label| output.contains(label) || later.iter().any(|term| term.contains(label)))?;
    }
    all.summed(|label| output.contains(label))?.in_order(&output)
}

/// The labels of each operand's axes, of so many each, and those of the result.
fn parsed(subscripts: &str, ranks: &[usize]) -> Result<(Vec<Vec<Label>>, Vec<Label>)> {
    let wrong = |why: String| Error::value(format!("einsum: the subscripts {subscripts:?} {why}"));
    let text: String = subscripts.chars().filter(|c| *c != ' ').collect();
    let (left, right) = text.split_once("->").map_or((&text[..], None), |(left, right)| (left, Some(right)));
    let terms: Vec<&str> = left.split(',').collect();
    if terms.len() != ranks.len() {
        return Err(wrong(format!("are of {} operand(s), there are {}", terms.len(), ranks.len())));
    }
    // The labels of a term, its ellipsis being of so many axes.
    let labels = |term: &str, ellipsis: usize| -> Result<Vec<Label>> {
        let (before, after) = term.split_once("...").unwrap_or((term, ""));
        if let Some(c) = before.chars().chain(after.chars()).find(|c| !c.is_ascii_alphabetic()) {
            return Err(wrong(format!("have {c:?} where a letter should be")));
        }
        let axes = (0..ellipsis as Label).rev().map(|i| LAST_OF_ELLIPSIS + i);
        Ok(before.chars().map(Label::from).chain(axes).chain(after.chars().map(Label::from)).collect())
    };
    let mut inputs = Vec::new();
    let mut broadcast = 0;
    for (i, (term, &rank)) in terms.iter().zip(ranks).enumerate() {
        let named = labels(term, 0)?.len();
        let ellipsis = if term.contains("...") { rank.saturating_sub(named) } else { 0 };
        if named + ellipsis != rank {
            return Err(wrong(format!("have {named} letter(s) for operand {i}, which has {rank} axes")));
        }
        broadcast = broadcast.max(ellipsis);
        inputs.push(labels(term, ellipsis)?);
    }
    let all: Vec<Label> = inputs.concat();
    let Some(right) = right else {
        let mut once: Vec<Label> = all.iter().copied().filter(|&label| label < LAST_OF_ELLIPSIS).collect();
        once.retain(|label| all.iter().filter(|&other| other == label).count() == 1);
        once.sort_unstable();
        return Ok((inputs, [labels("...", broadcast)?, once].concat()));
    };
    if broadcast > 0 && !right.contains("...") {
        return Err(wrong("need `...` in the result, too: the operands' is of some axes".into()));
    }
    let output = labels(right, if right.contains("...") { broadcast } else { 0 })?;
    for (i, label) in output.iter().enumerate() {
        let letter = char::from_u32(*label).unwrap_or('.');
        if output[..i].contains(label) {
            return Err(wrong(format!("have {letter:?} twice in the result")));
        }
        if !all.contains(label) {
            return Err(wrong(format!("have {letter:?} in the result, but no operand has it")));
        }
    }
    Ok((inputs, output))
}

/// An array, and the names of its axes.
struct Term<T: Element> {
    array: Array<T>,
    labels: Vec<Label>,
}

impl<T> Term<T>
where
    T: Factor + Promote<T, Output = T>,
    Multiply: Binary<T, Output = T>,
{
    /// With each axis as long as the longest of its name.
    fn broadcast(mut self, inputs: &[Vec<Label>], arrays: &[&Array<T>]) -> Result<Self> {
        let mut shape = self.array.shape().to_vec();
        for (i, (&label, length)) in self.labels.iter().zip(&mut shape).enumerate() {
            let axes = inputs.iter().zip(arrays).flat_map(|(labels, array)| labels.iter().zip(array.shape()));
            for (_, &other) in axes.filter(|&(&other, _)| other == label) {
                if *length != other && *length != 1 && other != 1 {
                    let shapes: Vec<String> = arrays.iter().map(|array| shape_text(array.shape())).collect();
                    return Err(Error::shape(format!(
                        "einsum: axis {i} of an operand of shape {} is of length {length}, another of its name of {other}: \
                         the operands are of shapes {}",
                        shape_text(self.array.shape()),
                        shapes.join(", ")
                    )));
                }
                *length = if *length == 1 { other } else { *length };
            }
        }
        self.array = self.array.broadcast_to(shape)?;
        Ok(self)
    }

    /// With one axis for each name: the diagonal of those of one name.
    fn diagonals(mut self) -> Result<Self> {
        while let Some((i, j)) = self.same() {
            self.array = diagonal(&self.array, 0, i as isize, j as isize)?;
            self.labels.remove(j);
            let label = self.labels.remove(i);
            self.labels.push(label);
        }
        Ok(self)
    }

    /// Two axes of one name.
    fn same(&self) -> Option<(usize, usize)> {
        let before = |j: usize| self.labels[..j].iter().position(|label| *label == self.labels[j]);
        (1..self.labels.len()).find_map(|j| before(j).map(|i| (i, j)))
    }

    /// The array with these axes in this order: all that it has.
    fn in_order(&self, labels: &[Label]) -> Result<Array<T>> {
        let place = |label| self.labels.iter().position(|own| own == label).expect("an axis of that name");
        let order: Vec<isize> = labels.iter().map(|label| place(label) as isize).collect();
        self.array.transpose(&order)
    }

    /// How long these axes are.
    fn lengths(&self, labels: &[Label]) -> Vec<usize> {
        let axes = || self.labels.iter().zip(self.array.shape());
        labels.iter().filter_map(|label| axes().find(|&(own, _)| own == label).map(|(_, &n)| n)).collect()
    }

    /// Summed over all axes but those kept.
    fn summed(self, is_kept: impl Fn(&Label) -> bool) -> Result<Self> {
        let (kept, others): (Vec<Label>, Vec<Label>) = self.labels.iter().partition(|&label| is_kept(label));
        if others.is_empty() {
            return Ok(self);
        }
        let shape = self.lengths(&kept);
        let (m, k) = (shape.iter().product::<usize>(), self.lengths(&others).iter().product::<usize>());
        let rows = self.in_order(&[&kept[..], &others].concat())?.reshape([m, k])?;
        let sums: Array<T> =
            product(Form { column: true, ..Form::default() }, "einsum", &rows, &ones::<T>([k])?)?;
        Ok(Term { array: sums.reshape(shape)?, labels: kept })
    }

    /// The products with another, summed over the axes that are not kept.
    fn times(self, other: Self, is_kept: impl Fn(&Label) -> bool) -> Result<Self> {
        let a = self.summed(|label| other.labels.contains(label) || is_kept(label))?;
        let b = other.summed(|label| a.labels.contains(label) || is_kept(label))?;
        let (both, left): (Vec<Label>, Vec<Label>) =
            a.labels.iter().partition(|label| b.labels.contains(label));
        let (batch, inner): (Vec<Label>, Vec<Label>) = both.iter().partition(|&label| is_kept(label));
        let right: Vec<Label> = b.labels.iter().copied().filter(|label| !both.contains(label)).collect();
        let labels = [&batch[..], &left, &right].concat();
        let (shared, rows, columns) = (a.lengths(&batch), a.lengths(&left), b.lengths(&right));
        let shape = [&shared[..], &rows, &columns].concat();
        let size = |lengths: &[usize]| lengths.iter().product::<usize>();
        let (m, k, n) = (size(&rows), size(&a.lengths(&inner)), size(&columns));
        let a = a.in_order(&[&batch[..], &left, &inner].concat())?;
        let b = b.in_order(&[&batch[..], &inner, &right].concat())?;
        let array = if inner.is_empty() {
            let a = a.reshape([&shared[..], &rows, &vec![1; columns.len()]].concat())?;
            let b = b.reshape([&shared[..], &vec![1; rows.len()], &columns].concat())?;
            call::binary::<Multiply, _>((&a, &b))?
        } else {
            let a = a.reshape([&shared[..], &[m, k]].concat())?;
            let b = b.reshape([&shared[..], &[k, n]].concat())?;
            product::<T, T, T>(Form::default(), "einsum", &a, &b)?.reshape(shape)?
        };
        Ok(Term { array, labels })
    }
}
