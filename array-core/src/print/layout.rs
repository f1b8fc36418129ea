//! Where elements go: brackets, line breaks, and `...` in place of the middle of a long axis.

use ndarray::{ArrayViewD, Axis};

use crate::error::or_panic;
use crate::fallible;

/// Which indices of an axis are written: all, or so many at each end.
#[derive(Clone, Copy)]
struct Shown {
    /// Elements before the `...`.
    leading: usize,
    /// Whether there is a `...`.
    ellipsis: bool,
    /// Elements after the `...`, or all.
    trailing: usize,
}

impl Shown {
    /// `edge` is how many elements to show at each end, or `None` to show all.
    fn new(length: usize, edge: Option<usize>) -> Self {
        match edge {
            // With no edge items NumPy still writes the last.
            Some(edge) if length > edge.saturating_mul(2) => {
                Shown { leading: edge, ellipsis: true, trailing: edge.max(1) }
            }
            _ => Shown { leading: 0, ellipsis: false, trailing: length },
        }
    }

    /// How many indices are written.
    fn count(self) -> usize {
        self.leading + self.trailing
    }

    /// The indices written, of an axis of `length`.
    fn indices(self, length: usize) -> impl Iterator<Item = usize> {
        (0..self.leading).chain(length - self.trailing..length)
    }
}

/// Copies the elements that will be written, in order, and touches no others.
///
/// # Panics
/// When there is no memory for them.
pub(super) fn shown_elements<T: Copy>(view: &ArrayViewD<'_, T>, edge: Option<usize>) -> Vec<T> {
    fn gather<T: Copy>(
        view: &ArrayViewD<'_, T>,
        edge: Option<usize>,
        axes: &[usize],
        index: &mut [usize],
        elements: &mut Vec<T>,
    ) {
        let Some((&axis, axes)) = axes.split_first() else { return elements.push(view[&*index]) };
        let length = view.len_of(Axis(axis));
        for i in Shown::new(length, edge).indices(length) {
            index[axis] = i;
            gather(view, edge, axes, index, elements);
        }
    }
    let room = |count| or_panic(fallible::with_room(count));
    if edge.is_none() {
        let mut elements = room(view.len());
        elements.extend(view.iter());
        return elements;
    }
    // Along the others there is no choice; and of those there may be more than calls fit on a stack.
    let axes: Vec<usize> = (0..view.ndim()).filter(|&axis| view.len_of(Axis(axis)) != 1).collect();
    let count = |&axis: &usize| Shown::new(view.len_of(Axis(axis)), edge).count();
    let mut elements = room(axes.iter().map(count).product());
    gather(view, edge, &axes, &mut vec![0; view.ndim()], &mut elements);
    elements
}

/// Writes nested brackets around elements whose text comes from `next`.
pub(super) struct Layout<'a> {
    /// The shape of the array, which has elements.
    pub(super) shape: &'a [usize],
    /// How many elements to show at each end of an axis, or `None` to show all.
    pub(super) edge: Option<usize>,
    /// What goes between two elements of a row: `" "` or `", "`.
    pub(super) separator: &'a str,
    /// Writes the next element in the order of [`shown_elements`].
    pub(super) next: &'a mut dyn FnMut(&mut String),
}

impl Layout<'_> {
    /// Appends axis `axis` and those after it. New lines are indented by `indent` and are to be no
    /// longer than `width`, which may have become negative.
    pub(super) fn write(&mut self, axis: usize, indent: usize, width: isize, out: &mut String) {
        if axis == self.shape.len() {
            return (self.next)(out);
        }
        // Axes of length one in a loop, as there may be more of them than calls fit on a stack.
        let ones = self.shape[axis..self.shape.len() - 1].iter().take_while(|&&n| n == 1).count();
        for passed in 0..ones {
            out.push('[');
            if Shown::new(1, self.edge).ellipsis {
                out.push_str("...");
                out.push_str(&self.between(axis + passed, indent + passed));
            }
        }
        // One more column for each bracket opened, and one for each to close.
        let (axis, indent, width) = (axis + ones, indent + ones, width - ones as isize);
        out.push('[');
        if axis + 1 == self.shape.len() {
            self.write_row(indent, width - 1, out);
        } else {
            let between = self.between(axis, indent);
            let shown = Shown::new(self.shape[axis], self.edge);
            for position in 0..shown.count() {
                if position > 0 {
                    out.push_str(&between);
                }
                if shown.ellipsis && position == shown.leading {
                    out.push_str("...");
                    out.push_str(&between);
                }
                self.write(axis + 1, indent + 1, width - 1, out);
            }
        }
        out.extend(std::iter::repeat_n(']', ones + 1));
    }

    /// What stands between two parts along an axis.
    fn between(&self, axis: usize, indent: usize) -> String {
        let lines = self.shape.len() - axis - 1;
        [self.separator.trim_end(), &"\n".repeat(lines), &" ".repeat(indent)].concat()
    }

    /// Appends the elements of the last axis.
    fn write_row(&mut self, indent: usize, width: isize, out: &mut String) {
        let mut row = Row { indent, width, length: indent };
        let mut word = String::new();
        let shown = Shown::new(*self.shape.last().expect("a row has an axis"), self.edge);
        for position in 0..shown.count() {
            if position > 0 {
                row.separate(self.separator, out);
            }
            if shown.ellipsis && position == shown.leading {
                row.push("...", out);
                row.separate(self.separator, out);
            }
            word.clear();
            (self.next)(&mut word);
            row.push(&word, out);
        }
    }
}

/// The line being written.
struct Row {
    indent: usize,
    width: isize,
    length: usize,
}

impl Row {
    /// Appends `word`, on a new line if it would not fit and that helps.
    fn push(&mut self, word: &str, out: &mut String) {
        let too_long = (self.length + word.len()) as isize > self.width;
        if too_long && self.length > self.indent {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', self.indent));
            self.length = self.indent;
        }
        out.push_str(word);
        self.length += word.len();
    }

    fn separate(&mut self, separator: &str, out: &mut String) {
        out.push_str(separator);
        self.length += separator.len();
    }
}
