//! The loop nest of a reduction: axes that the result keeps, and axes that are reduced.
//!
//! As for element-wise functions, axes of length one are dropped, the rest sorted by how far they
//! step in memory and merged where they can be; here the kept and the reduced ones each among
//! themselves. Which of the two is innermost decides the form of the loops.

use smallvec::SmallVec;

/// An axis that the result keeps. Strides in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) length: usize,
    pub(crate) input: isize,
    pub(crate) output: isize,
}

/// An axis that is reduced. Strides in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reduced {
    pub(crate) length: usize,
    pub(crate) stride: isize,
}

/// How the elements are walked through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// One output at a time, along the reduced axes.
    Rows,
    /// Many outputs at a time: those along the innermost kept axis.
    Columns,
}

/// What a reduction has to do: where from, where to, along which axes, outermost first.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) input: *const u8,
    pub(crate) output: *mut u8,
    pub(crate) kept: SmallVec<[Kept; 4]>,
    pub(crate) reduced: SmallVec<[Reduced; 4]>,
    pub(crate) form: Form,
}

// SAFETY: a plan is addresses and numbers. Threads get parts of it that write different outputs, or
// none.
unsafe impl Send for Plan {}
// SAFETY: as above.
unsafe impl Sync for Plan {}

/// Reduced axes shorter than this are walked through across, not along.
const SHORT_ROW: usize = 16;
/// Fewer columns than this are not worth it.
const FEW_COLUMNS: usize = 8;

impl Plan {
    /// The plan over axes that are all longer than zero, given in the array's order.
    ///
    /// If elements may come in any order, reduced axes are sorted and walked through forwards.
    pub(crate) fn new(
        input: *const u8,
        output: *mut u8,
        mut kept: SmallVec<[Kept; 4]>,
        mut reduced: SmallVec<[Reduced; 4]>,
        any_order: bool,
    ) -> Self {
        let mut input = input;
        kept.retain(|axis| axis.length != 1);
        reduced.retain(|axis| axis.length != 1);
        kept.sort_by_key(|axis| std::cmp::Reverse((axis.input.unsigned_abs(), axis.output)));
        merge(&mut kept, |outer, inner| {
            let length = inner.length as isize;
            let fits = outer.input == inner.input * length && outer.output == inner.output * length;
            fits.then(|| Kept { length: outer.length * inner.length, ..*inner })
        });
        if any_order {
            for axis in reduced.iter_mut().filter(|axis| axis.stride < 0) {
                input = input.wrapping_offset(axis.stride * (axis.length as isize - 1));
                axis.stride = -axis.stride;
            }
            reduced.sort_by_key(|axis| std::cmp::Reverse(axis.stride));
        }
        merge(&mut reduced, |outer, inner| {
            (outer.stride == inner.stride * inner.length as isize)
                .then(|| Reduced { length: outer.length * inner.length, ..*inner })
        });
        let form = form(&kept, &reduced);
        Plan { input, output, kept, reduced, form }
    }

    /// The same plan from another element on, to another output, along one reduced axis that is this one.
    pub(crate) fn restart(&mut self, input: *const u8, output: *mut u8, axis: Reduced) {
        (self.input, self.output) = (input, output);
        self.reduced.clear();
        if axis.length != 1 {
            self.reduced.push(axis);
        }
        self.form = form(&self.kept, &self.reduced);
    }

    /// How many elements each output is made of.
    pub(crate) fn reduced_count(&self) -> usize {
        self.reduced.iter().map(|axis| axis.length).product()
    }

    /// How many outputs there are.
    pub(crate) fn kept_count(&self) -> usize {
        self.kept.iter().map(|axis| axis.length).product()
    }

    /// Parts with about as many outputs each, at most `parts`, which together are the whole.
    pub(crate) fn split(&self, parts: usize) -> Vec<Self> {
        let longest = (0..self.kept.len()).rev().max_by_key(|&i| self.kept[i].length);
        let Some(longest) = longest else { return vec![self.clone()] };
        let Kept { length, input, output } = self.kept[longest];
        let mut step = length.div_ceil(parts);
        if longest + 1 == self.kept.len() && length >= 64 * parts {
            // Whole cache lines of the output and of columns.
            step = step.next_multiple_of(64);
        }
        (0..length)
            .step_by(step)
            .map(|start| {
                let mut part = self.clone();
                part.kept[longest].length = step.min(length - start);
                part.input = part.input.wrapping_offset(input * start as isize);
                part.output = part.output.wrapping_offset(output * start as isize);
                part
            })
            .collect()
    }

    /// The addresses of input and output at each index of the kept axes, but for the last `inner`.
    pub(crate) fn indices(&self, inner: usize) -> impl Iterator<Item = (*const u8, *mut u8)> {
        let axes = &self.kept[..self.kept.len() - inner];
        let (outer, last) = match axes {
            [] => (&[][..], Kept { length: 1, input: 0, output: 0 }),
            [outer @ .., last] => (outer, *last),
        };
        let outer_count: usize = outer.iter().map(|axis| axis.length).product();
        let start = move |index: usize| {
            let (mut input, mut output, mut rest) = (self.input, self.output, index);
            for axis in outer.iter().rev() {
                let i = (rest % axis.length) as isize;
                rest /= axis.length;
                input = input.wrapping_offset(axis.input * i);
                output = output.wrapping_offset(axis.output * i);
            }
            (input, output)
        };
        (0..outer_count).map(start).flat_map(move |(input, output)| {
            (0..last.length as isize).map(move |i| {
                (input.wrapping_offset(last.input * i), output.wrapping_offset(last.output * i))
            })
        })
    }
}

/// Offset in bytes of the element at `index` along these axes, in row-major order.
#[inline(always)]
pub(crate) fn offset(axes: &[Reduced], index: usize) -> isize {
    match axes {
        [] => 0,
        [one] => one.stride * index as isize,
        many => {
            let (mut rest, mut offset) = (index, 0);
            for axis in many.iter().rev() {
                offset += axis.stride * (rest % axis.length) as isize;
                rest /= axis.length;
            }
            offset
        }
    }
}

fn form(kept: &[Kept], reduced: &[Reduced]) -> Form {
    let (Some(column), Some(row)) = (kept.last(), reduced.last()) else {
        return if kept.is_empty() { Form::Rows } else { Form::Columns };
    };
    let along = row.stride.unsigned_abs() <= column.input.unsigned_abs();
    if along {
        let short = reduced.iter().map(|axis| axis.length).product::<usize>() < SHORT_ROW;
        if short && column.length >= FEW_COLUMNS { Form::Columns } else { Form::Rows }
    } else {
        let few = column.length < FEW_COLUMNS && row.length > column.length;
        if few { Form::Rows } else { Form::Columns }
    }
}

/// Merges neighbours for which `one` gives the axis that both are.
fn merge<A: Copy>(axes: &mut SmallVec<[A; 4]>, one: impl Fn(&A, &A) -> Option<A>) {
    let mut last = 0;
    for next in 1..axes.len() {
        match one(&axes[last], &axes[next]) {
            Some(both) => axes[last] = both,
            None => {
                last += 1;
                axes[last] = axes[next];
            }
        }
    }
    axes.truncate(last + 1);
}
