//! A kernel with its types erased, and how it is applied to operands of any dtype and layout.
//!
//! Operands whose dtype is not the kernel's are converted a block at a time in the innermost
//! cache, so that `sin` of integers or a sum of `f32` and `f64` needs no temporary array.

use std::mem::MaybeUninit;
use std::ops::ControlFlow;

use super::cast;
use super::elements::Elements;
use super::kernel::{Binary, Several, Unary};
use super::loops::{BinaryBody, UnaryBody};
use super::nest::{Nest, Operand};
use super::parallel;
use super::several::SeveralBody;
use super::shells::{self, Loop};
use crate::layout::PerAxis;
use crate::{Array, DType, Element};

/// An element-wise function of `N` operands, the last of which are outputs (mostly one), its types
/// known at run time only.
#[derive(Clone, Copy, Debug)]
pub struct Function<const N: usize> {
    run: Loop<N>,
    /// The dtypes that the loop works on: the inputs', then the outputs'.
    dtypes: [DType; N],
    /// How many operands are read.
    inputs: usize,
    /// Estimated nanoseconds per element.
    cost: f32,
}

impl Function<2> {
    /// The function that a kernel of one argument computes, on the instruction set in use.
    pub fn unary<K: Unary<T>, T: Element>() -> Self {
        let run = shells::select::<UnaryBody<K, T>, 2>();
        Function { run, dtypes: [T::DTYPE, K::Output::DTYPE], inputs: 1, cost: K::COST }
    }
}

impl Function<2> {
    /// The conversion from one dtype to another, or a copy where they are the same.
    pub(crate) fn conversion(from: DType, to: DType) -> Self {
        Function { run: cast::conversion(from, to), dtypes: [from, to], inputs: 1, cost: 0.5 }
    }
}

impl Function<3> {
    /// The function that a kernel of two arguments computes, on the instruction set in use.
    pub fn binary<K: Binary<T>, T: Element>() -> Self {
        let run = shells::select::<BinaryBody<K, T>, 3>();
        Function { run, dtypes: [T::DTYPE, T::DTYPE, K::Output::DTYPE], inputs: 2, cost: K::COST }
    }
}

impl<const N: usize> Function<N> {
    /// The function that a kernel of several operands computes, on the instruction set in use.
    pub fn several<K: Several<In>, In: Elements>() -> Self {
        const { assert!(In::DTYPES.len() + K::Output::DTYPES.len() == N, "N counts inputs and outputs") };
        let run = shells::select::<SeveralBody<K, In>, N>();
        let inputs = In::DTYPES.len();
        let dtypes =
            std::array::from_fn(|k| if k < inputs { In::DTYPES[k] } else { K::Output::DTYPES[k - inputs] });
        Function { run, dtypes, inputs, cost: K::COST }
    }
}

/// An array as an operand: where it is, how it steps, what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    pointer: *mut u8,
    dtype: DType,
    shape: &'a [usize],
    /// Counted in elements.
    strides: &'a [isize],
}

impl<'a> Argument<'a> {
    /// An array to read from; one to write to if it is unique.
    pub(crate) fn new<T: Element>(array: &'a Array<T>) -> Self {
        Argument {
            pointer: array.as_ptr().cast_mut().cast(),
            dtype: T::DTYPE,
            shape: array.shape(),
            strides: array.strides(),
        }
    }

    /// One value, as an array of no axes.
    pub(crate) fn scalar<T: Element>(value: &'a T) -> Self {
        let pointer = std::ptr::from_ref(value).cast_mut().cast();
        Argument { pointer, dtype: T::DTYPE, shape: &[], strides: &[] }
    }

    pub(crate) fn shape(&self) -> &'a [usize] {
        self.shape
    }

    /// Strides in elements.
    pub(crate) fn strides(&self) -> &'a [isize] {
        self.strides
    }

    /// Aligned with the last axes of `shape`, stepping by zero where it is broadcast.
    fn broadcast_to(&self, shape: &[usize]) -> Operand {
        let missing = shape.len() - self.shape.len();
        let item = self.dtype.item_size() as isize;
        let mut strides = PerAxis::from_elem(0, shape.len());
        for (axis, (&n, &stride)) in self.shape.iter().zip(self.strides).enumerate() {
            if n == shape[missing + axis] {
                strides[missing + axis] = stride * item;
            }
        }
        Operand { pointer: self.pointer, strides }
    }
}

impl<const N: usize> Function<N> {
    /// The dtypes of what the loop writes.
    pub fn output_dtypes(&self) -> &[DType] {
        &self.dtypes[self.inputs..]
    }

    /// Panics unless the function reads this many operands: of the others, it would write some.
    pub(crate) fn assert_inputs(&self, count: usize) {
        assert_eq!(self.inputs, count, "a function of {} operands was given {count}", self.inputs);
    }

    /// Applies the function to arguments that broadcast to the last one's shape, and writes the outputs.
    ///
    /// # Safety
    /// Each output's array is unique and borrowed mutably by the caller, of the shape that all
    /// broadcast to, and shares no byte with another's, unless that is an input and the same array.
    pub(crate) unsafe fn apply(&self, arguments: &[Argument<'_>; N]) {
        let Some(nest) = nest(arguments) else { return };
        let dtypes = std::array::from_fn(|k| arguments[k].dtype);
        if dtypes == self.dtypes {
            // SAFETY: arrays keep the contract of `Loop` over their shape; parts do not overlap.
            parallel::for_each_part(&nest, self.cost, |part| unsafe { part.run(self.run) });
        } else {
            let casts = Casts::new(self, dtypes);
            // SAFETY: as above.
            parallel::for_each_part(&nest, self.cost + 0.5, |part| unsafe { casts.run(part) });
        }
    }
}

/// The nest over arguments that broadcast to the last one's shape. `None` if there is nothing to do.
fn nest<const N: usize>(arguments: &[Argument<'_>; N]) -> Option<Nest<N>> {
    let Argument { shape, strides, .. } = arguments[N - 1];
    if is_row_major(shape, strides) && arguments.iter().all(|a| a.shape == shape && a.strides == strides) {
        // What most calls are, and small ones should not pay for more.
        let pointers = arguments.map(|argument| argument.pointer);
        return Nest::flat(
            shape.iter().product(),
            pointers,
            arguments.map(|argument| argument.dtype.item_size() as isize),
        );
    }
    Nest::new(shape, &std::array::from_fn(|k| arguments[k].broadcast_to(shape)))
}

fn is_row_major(shape: &[usize], strides: &[isize]) -> bool {
    let mut expected = 1;
    shape.iter().zip(strides).rev().all(|(&n, &stride)| {
        let fits = stride == expected;
        expected *= n as isize;
        fits
    })
}

/// Elements converted at a time: a few blocks fit the innermost cache.
const BLOCK: usize = 512;
/// Bytes of the largest element.
const LARGEST: usize = 16;

#[repr(align(64))]
struct Block(MaybeUninit<[u8; BLOCK * LARGEST]>);

/// A function whose operands have other dtypes than its loop, with the conversions between.
struct Casts<const N: usize> {
    run: Loop<N>,
    items: [isize; N],
    inputs: usize,
    conversions: [Option<Loop<2>>; N],
}

impl<const N: usize> Casts<N> {
    fn new(function: &Function<N>, dtypes: [DType; N]) -> Self {
        let conversions = std::array::from_fn(|k| {
            let (outside, inside) = (dtypes[k], function.dtypes[k]);
            let (from, to) = if k < function.inputs { (outside, inside) } else { (inside, outside) };
            (from != to).then(|| cast::conversion(from, to))
        });
        let items = function.dtypes.map(|dtype| dtype.item_size() as isize);
        Casts { run: function.run, items, inputs: function.inputs, conversions }
    }

    /// # Safety
    /// As [`Nest::run`], with the dtypes given to `new`.
    unsafe fn run(&self, nest: &Nest<N>) {
        let mut blocks = [const { Block(MaybeUninit::uninit()) }; N];
        let blocks: [*mut u8; N] = std::array::from_fn(|k| std::ptr::from_mut(&mut blocks[k].0).cast());
        let _ = nest.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
            for row in 0..lengths[0] as isize {
                for start in (0..lengths[1]).step_by(BLOCK) {
                    let count = BLOCK.min(lengths[1] - start);
                    let at = std::array::from_fn(|k| {
                        pointers[k].wrapping_offset(strides[0][k] * row + strides[1][k] * start as isize)
                    });
                    // SAFETY: `count` elements of each operand at these strides; blocks hold as many.
                    unsafe { self.block(at, &strides[1], blocks, count) };
                }
            }
            ControlFlow::Continue(())
        });
    }

    /// Converts inputs, computes, converts outputs.
    ///
    /// # Safety
    /// `count` elements of each operand are reached from `at`; each block holds `BLOCK` elements.
    unsafe fn block(&self, at: [*mut u8; N], strides: &[isize; N], blocks: [*mut u8; N], count: usize) {
        let mut pointers = at;
        let mut steps = *strides;
        for k in 0..N {
            let Some(convert) = self.conversions[k] else { continue };
            pointers[k] = blocks[k];
            // A broadcast input is converted once and stays broadcast.
            let constant = strides[k] == 0 && k < self.inputs;
            steps[k] = if constant { 0 } else { self.items[k] };
            if k < self.inputs {
                let n = if constant { 1 } else { count };
                // SAFETY: reads `n` elements of the operand, writes `n` of the block.
                unsafe { convert([at[k], blocks[k]], &[[0; 2], [strides[k], self.items[k]]], [1, n]) };
            }
        }
        // SAFETY: every operand is itself or a block that holds `count` elements.
        unsafe { (self.run)(pointers, &[[0; N], steps], [1, count]) };
        for k in self.inputs..N {
            let Some(convert) = self.conversions[k] else { continue };
            // SAFETY: reads `count` elements of the block just written, writes the output's.
            unsafe { convert([blocks[k], at[k]], &[[0; 2], [self.items[k], strides[k]]], [1, count]) };
        }
    }
}
