//! A kernel with its types erased, and how it is applied to operands of any dtype and layout.
//!
//! Operands that the kernel's loop cannot take as they are go through `blocks`.

use super::blocks::Blocks;
use super::cast;
use super::copies;
use super::elements::Elements;
use super::kernel::{Binary, Several, Unary};
use super::loops::{BinaryBody, UnaryBody};
use super::nest::{Nest, Operand};
use super::parallel;
use super::several::{KernelCall, SeveralBody};
use super::shells::{self, Body, Loop};
use super::stream::Streamed;
use crate::layout::{self, PerAxis};
use crate::{Array, DType, Element};

/// An element-wise function of `N` operands, the last of which are outputs (mostly one), its types
/// known at run time only.
#[derive(Clone, Copy, Debug)]
pub struct Function<const N: usize> {
    pub(super) run: Loop<N>,
    /// The dtypes that the loop works on: the inputs', then the outputs'.
    pub(super) dtypes: [DType; N],
    /// How many operands are read.
    pub(super) inputs: usize,
    /// Estimated nanoseconds per element.
    pub(super) cost: f32,
    /// Whether the loop takes operands of any strides.
    pub(super) any_strides: bool,
    /// Whether it takes inputs that lie two elements apart.
    pub(super) takes_steps: bool,
    /// How many of the inputs, the first ones, are no elements but the address of a closure.
    pub(super) closures: usize,
    /// The dtype of the one result, if that holds fewer digits than what the loop writes: it is rounded to it,
    /// whatever array it goes into.
    pub(super) rounded: Option<DType>,
}

impl Function<2> {
    /// The function that a kernel of one argument computes, on the instruction set in use.
    pub fn unary<K: Unary<T>, T: Element>() -> Self {
        if const { K::COPIES && T::DTYPE as u8 == <K::Output as Element>::DTYPE as u8 } {
            return Self::conversion(T::DTYPE, T::DTYPE);
        }
        Self::of::<UnaryBody<K, T>>([T::DTYPE, K::Output::DTYPE], 1, K::COST)
    }
}

impl Function<2> {
    /// The conversion from one dtype to another, or a copy where they are the same.
    pub(crate) fn conversion(from: DType, to: DType) -> Self {
        let copy = from == to;
        let run = if copy { copies::copying(from.item_size()) } else { cast::conversion(from, to) };
        let dtypes = [from, to];
        let any_strides = copy;
        Function {
            run,
            dtypes,
            inputs: 1,
            cost: 0.5,
            any_strides,
            takes_steps: false,
            closures: 0,
            rounded: None,
        }
    }
}

impl Function<3> {
    /// The function that a kernel of two arguments computes, on the instruction set in use.
    pub fn binary<K: Binary<T>, T: Element>() -> Self {
        Self::of::<BinaryBody<K, T>>([T::DTYPE, T::DTYPE, K::Output::DTYPE], 2, K::COST)
    }
}

impl<const N: usize> Function<N> {
    /// The function that a kernel of several operands computes, on the instruction set in use.
    pub fn several<K: Several<In>, In: Elements>() -> Self {
        const { assert!(In::DTYPES.len() + K::Output::DTYPES.len() == N, "N counts inputs and outputs") };
        let inputs = In::DTYPES.len();
        let dtypes =
            std::array::from_fn(|k| if k < inputs { In::DTYPES[k] } else { K::Output::DTYPES[k - inputs] });
        Self::of::<SeveralBody<KernelCall<K>, In>>(dtypes, inputs, K::COST)
    }

    #[inline]
    fn of<B: Body<N>>(dtypes: [DType; N], inputs: usize, cost: f32) -> Self {
        let run = shells::select::<B, N>();
        let takes_steps = B::TAKES_STEPS;
        Function { run, dtypes, inputs, cost, any_strides: false, takes_steps, closures: 0, rounded: None }
    }
}

/// An array as an operand: where it is, how it steps, what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    pub(super) pointer: *mut u8,
    pub(super) dtype: DType,
    pub(super) shape: &'a [usize],
    /// Counted in elements.
    pub(super) strides: &'a [isize],
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

    /// An array of ndarray's, to read from.
    pub(crate) fn of_view<T: Element, D: ndarray::Dimension>(view: &'a ndarray::ArrayRef<T, D>) -> Self {
        Argument {
            pointer: view.as_ptr().cast_mut().cast(),
            dtype: T::DTYPE,
            shape: view.shape(),
            strides: view.strides(),
        }
    }

    /// One value, as an array of no axes.
    pub fn scalar<T: Element>(value: &'a T) -> Self {
        let pointer = std::ptr::from_ref(value).cast_mut().cast();
        Argument { pointer, dtype: T::DTYPE, shape: &[], strides: &[] }
    }

    pub(crate) fn dtype(&self) -> DType {
        self.dtype
    }

    pub(crate) fn shape(&self) -> &'a [usize] {
        self.shape
    }

    /// Strides in elements.
    pub(crate) fn strides(&self) -> &'a [isize] {
        self.strides
    }

    /// Aligned with the last axes of `shape`, stepping by zero where it is broadcast.
    pub(super) fn broadcast_to(&self, shape: &[usize]) -> Operand {
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
    /// The dtypes of what the loop reads.
    pub fn input_dtypes(&self) -> &[DType] {
        &self.dtypes[..self.inputs]
    }

    /// The dtypes of what the loop writes.
    pub fn output_dtypes(&self) -> &[DType] {
        &self.dtypes[self.inputs..]
    }

    /// The function with its result, if there is one, of this dtype: into a wider array it goes rounded.
    #[inline]
    pub(super) fn rounding_to(self, results: &[DType]) -> Self {
        match results {
            &[result] if result != self.dtypes[N - 1] => Function { rounded: Some(result), ..self },
            _ => self,
        }
    }

    /// The dtype that output `k` is rounded to on its way into an array of dtype `outside`.
    #[inline]
    pub(super) fn rounds(&self, k: usize, outside: DType) -> Option<DType> {
        self.rounded.filter(|&rounded| k >= self.inputs && rounded != outside)
    }

    /// The loop, which works on the dtypes that the function was made for only.
    pub(crate) fn typed_loop(&self) -> Loop<N> {
        self.run
    }

    /// Panics unless the function reads this many operands: of the others, it would write some.
    pub(crate) fn assert_inputs(&self, count: usize) {
        assert_eq!(self.inputs, count, "a function of {} operands was given {count}", self.inputs);
    }

    /// Panics unless the first operand is a closure, which is not looked at: an array would have to broadcast.
    pub(crate) fn assert_closure(&self) {
        assert_eq!(self.closures, 1, "the function takes no closure");
    }

    /// Whether more than one input is the memory of an output.
    #[inline]
    fn overwrites(&self, arguments: &[Argument<'_>; N]) -> bool {
        let (inputs, outputs) = arguments.split_at(self.inputs);
        let overwritten = |input: &&Argument<'_>| outputs.iter().any(|out| out.pointer == input.pointer);
        inputs[self.closures..].iter().filter(overwritten).count() > 1
    }

    /// Applies the function to arguments that broadcast to the last one's shape, and writes the outputs.
    ///
    /// # Safety
    /// Each output's array is unique and borrowed mutably by the caller, of the shape that all
    /// broadcast to, and shares no byte with another's, unless that is an input and the same array.
    pub(crate) unsafe fn apply(&self, arguments: &[Argument<'_>; N]) {
        let dtypes = std::array::from_fn(|k| arguments[k].dtype);
        let same_dtypes = dtypes == self.dtypes;
        let flat = flat(arguments);
        // Contiguous operands are what most calls are about, and small ones should not pay for others.
        let as_they_are = same_dtypes
            && self.rounded.is_none()
            && (self.any_strides || (flat.is_some() && !self.overwrites(arguments)));
        let nest = match flat {
            Some(length) => {
                let pointers = arguments.map(|argument| argument.pointer);
                Nest::flat(length, pointers, arguments.map(|argument| argument.dtype.item_size() as isize))
            }
            None => nest(arguments),
        };
        let Some(nest) = nest else { return };
        // SAFETY: arrays keep the contract of `Loop` over their shape; parts do not overlap.
        unsafe {
            if !as_they_are && let Some(blocks) = Blocks::new(self, &dtypes, &nest) {
                parallel::for_each_part(&nest, self.cost + 0.5, |part| blocks.run(part));
                return;
            }
            match Streamed::new(self, &nest) {
                Some(streamed) => parallel::for_each_part(&nest, self.cost, |part| streamed.run(part)),
                None => parallel::for_each_part(&nest, self.cost, |part| part.run(self.run)),
            }
        }
    }
}

/// How many elements there are, if all arguments are of one shape, row-major without gaps.
#[inline]
fn flat<const N: usize>(arguments: &[Argument<'_>; N]) -> Option<usize> {
    let Argument { shape, strides, .. } = arguments[N - 1];
    let alike = |a: &Argument<'_>| layout::same(a.shape, shape) && layout::same(a.strides, strides);
    (is_row_major(shape, strides) && arguments[..N - 1].iter().all(alike)).then(|| shape.iter().product())
}

/// The nest over arguments that broadcast to the last one's shape. `None` if there is nothing to do.
fn nest<const N: usize>(arguments: &[Argument<'_>; N]) -> Option<Nest<N>> {
    let shape = arguments[N - 1].shape;
    let nest = Nest::new(shape, &std::array::from_fn(|k| arguments[k].broadcast_to(shape)))?;
    if nest.is_single() {
        // However one element's operands step, they are contiguous.
        return Nest::flat(
            1,
            *nest.pointers(),
            arguments.map(|argument| argument.dtype.item_size() as isize),
        );
    }
    Some(nest)
}

fn is_row_major(shape: &[usize], strides: &[isize]) -> bool {
    let mut expected = 1;
    shape.iter().zip(strides).rev().all(|(&n, &stride)| {
        let fits = stride == expected;
        expected *= n as isize;
        fits
    })
}
