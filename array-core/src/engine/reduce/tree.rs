//! The tree in which the results of blocks are merged.
//!
//! Blocks come one after the other; whenever two neighbouring results stand for as many blocks,
//! they become one, like the carries of a binary counter. What is left at the end is merged from
//! the right. So a run of `2^k` blocks that begins at a multiple of `2^k` is one subtree, and can
//! be computed by a thread of its own without any difference.
//!
//! A result is a row of states, one for each output. Rows wait for their neighbours on a stack, the one of
//! most blocks first; the next block's is computed at the top of it. If results may be merged in any grouping,
//! there is one row, which takes in block after block.

use std::mem::MaybeUninit;

use smallvec::SmallVec;

use super::erased::Erased;

/// Memory of states, aligned for them.
type Slot = MaybeUninit<u128>;

/// Results of blocks for some outputs, merged as they come.
pub(crate) struct Tree<'k> {
    kernel: &'k Erased,
    memory: SmallVec<[Slot; 32]>,
    /// Outputs, and slots that a row of their states takes.
    n: usize,
    row: usize,
    /// Rows that wait, and blocks that they stand for.
    waiting: usize,
    count: usize,
}

impl<'k> Tree<'k> {
    pub(crate) fn new(kernel: &'k Erased) -> Self {
        Tree { kernel, memory: SmallVec::new(), n: 0, row: 0, waiting: 0, count: 0 }
    }

    /// What states are merged by.
    pub(crate) fn kernel(&self) -> &'k Erased {
        self.kernel
    }

    /// Begins anew, with `n` outputs and no blocks.
    pub(crate) fn clear(&mut self, n: usize) {
        (self.n, self.row) = (n, (n * self.kernel.state).div_ceil(size_of::<Slot>()));
        (self.waiting, self.count) = (0, 0);
        self.fill();
    }

    /// The row at the top.
    pub(crate) fn top(&mut self) -> *mut u8 {
        let top = self.waiting * self.row;
        assert!(top + self.row <= self.memory.len(), "filled before");
        self.memory.as_mut_ptr().wrapping_add(top).cast()
    }

    fn fill(&mut self) {
        let needed = (self.waiting + 1) * self.row;
        if self.memory.len() < needed {
            self.memory.resize(needed, Slot::uninit());
        }
        let top = self.top();
        // SAFETY: the row has room for the states.
        unsafe { self.kernel.fill(top, self.n) };
    }

    /// The row at the top has taken in a block; another block is to come.
    pub(crate) fn push(&mut self) {
        if self.kernel.associative {
            return;
        }
        for _ in 0..self.count.trailing_ones() {
            self.merge_two();
        }
        self.count += 1;
        self.waiting += 1;
        self.fill();
    }

    /// Whether the result is settled, whatever comes.
    pub(crate) fn is_settled(&mut self) -> bool {
        let (top, n) = (self.top(), self.n);
        // SAFETY: the row has been filled.
        unsafe { self.kernel.are_settled(top, n) }
    }

    /// The results: the row at the top has taken in the last block.
    pub(crate) fn finish(&mut self) -> *const u8 {
        while self.waiting > 0 {
            self.merge_two();
        }
        self.top()
    }

    /// Merges the row at the top into the one before.
    fn merge_two(&mut self) {
        let after = self.top();
        self.waiting -= 1;
        let before = after.wrapping_sub(self.row * size_of::<Slot>());
        // SAFETY: two rows, which have been filled.
        unsafe { self.kernel.merge(before, after, self.n) };
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::engine::reduce::erased::Erased;
    use crate::engine::reduce::kernel::{Accumulate, Core};

    /// Which blocks a result is made of, and a hash of how they were merged.
    struct Merged;

    /// So that another grouping gives another number.
    fn merged(a: u64, b: u64) -> u64 {
        match (a, b) {
            (0, x) | (x, 0) => x,
            _ => a.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17).wrapping_add(b ^ 0xABCD),
        }
    }

    impl Core<u64> for Merged {
        type State = u64;
        const COST: f32 = 1.0;
        const ASSOCIATIVE: bool = false;
        fn empty() -> u64 {
            0
        }
        fn step(state: u64, x: u64, _: usize) -> u64 {
            merged(state, x)
        }
        fn merge(a: u64, b: u64) -> u64 {
            merged(a, b)
        }
    }

    impl Accumulate<u64> for Merged {
        type Work = u64;
        type Core = Merged;
        type Output = u64;
        fn finish(state: u64, _: f64) -> u64 {
            state
        }
    }

    /// What the tree makes of the results of blocks.
    fn tree(blocks: impl Iterator<Item = u64>) -> u64 {
        let kernel = Erased::new::<Merged, u64>();
        let mut tree = Tree::new(&kernel);
        tree.clear(1);
        let mut first = true;
        for block in blocks {
            if !std::mem::take(&mut first) {
                tree.push();
            }
            // SAFETY: one state.
            unsafe { tree.top().cast::<u64>().write(block) };
        }
        // SAFETY: as above.
        unsafe { tree.finish().cast::<u64>().read() }
    }

    #[test]
    fn runs_of_powers_of_two_are_subtrees() {
        let m = merged;
        assert_eq!(tree(1..6), m(m(m(1, 2), m(3, 4)), 5));
        assert_eq!(tree(1..8), m(m(m(1, 2), m(3, 4)), m(m(5, 6), 7)));
        for blocks in 1..70usize {
            let whole = tree((0..blocks).map(|i| i as u64 + 1));
            for run in [1, 2, 4, 8, 16] {
                let runs =
                    (0..blocks).step_by(run).map(|i| tree((i..blocks.min(i + run)).map(|i| i as u64 + 1)));
                assert_eq!(tree(runs), whole, "{blocks} blocks in runs of {run}");
            }
        }
    }
}
