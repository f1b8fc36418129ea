//! The tree in which the results of blocks are merged.
//!
//! Blocks come one after the other; whenever two neighbouring results stand for as many blocks,
//! they become one, like the carries of a binary counter. What is left at the end is merged from
//! the right. So a run of `2^k` blocks that begins at a multiple of `2^k` is one subtree, and can
//! be computed by a thread of its own without any difference.

use smallvec::SmallVec;

/// Partial results waiting for their neighbours, the largest first.
pub(crate) struct Tree<S> {
    waiting: SmallVec<[S; 12]>,
    count: usize,
}

impl<S> Tree<S> {
    pub(crate) fn new() -> Self {
        Tree { waiting: SmallVec::new(), count: 0 }
    }

    /// Takes the result of the next block.
    #[inline(always)]
    pub(crate) fn push(&mut self, mut state: S, mut merge: impl FnMut(S, S) -> S) {
        for _ in 0..self.count.trailing_ones() {
            let before = self.waiting.pop().expect("one for each bit of the count");
            state = merge(before, state);
        }
        self.waiting.push(state);
        self.count += 1;
    }

    /// The result of all blocks, if there were any.
    #[inline(always)]
    pub(crate) fn finish(mut self, mut merge: impl FnMut(S, S) -> S) -> Option<S> {
        let mut state = self.waiting.pop()?;
        while let Some(before) = self.waiting.pop() {
            state = merge(before, state);
        }
        Some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    fn tree(blocks: impl Iterator<Item = String>) -> String {
        let merge = |a, b| format!("({a} {b})");
        let mut tree = Tree::new();
        blocks.for_each(|block| tree.push(block, merge));
        tree.finish(merge).unwrap()
    }

    #[test]
    fn runs_of_powers_of_two_are_subtrees() {
        assert_eq!(tree((0..5).map(|i| i.to_string())), "(((0 1) (2 3)) 4)");
        for blocks in 1..70usize {
            let whole = tree((0..blocks).map(|i| i.to_string()));
            for run in [1, 2, 4, 8, 16] {
                let runs =
                    (0..blocks).step_by(run).map(|i| tree((i..blocks.min(i + run)).map(|i| i.to_string())));
                assert_eq!(tree(runs), whole, "{blocks} blocks in runs of {run}");
            }
        }
    }
}
