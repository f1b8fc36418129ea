//! How functions of arrays whose dtypes are known at run time only are called: in fresh arrays, into arrays that are
//! there, with a mask, in place at indices.
//!
//! Which function it is and what it takes is found first ([`Call`]); what is done with it then is compiled once for
//! each number of operands, not for each function.

use array_core::engine::call::Outs;
use array_core::engine::function::Function;
use array_core::engine::{at, call, masked, untyped};
use array_core::{AnyArray, AnyOperand, Array, DType, Error, Kind, Result};

use super::{Found, FoundTwo};
use crate::Indices;

/// A function of `N` operands that has been found: what it takes, and in which dtypes its results are given.
pub(crate) struct Call<const N: usize, const INPUTS: usize, const RESULTS: usize> {
    pub(crate) function: Function<N>,
    pub(crate) operands: [AnyArray; INPUTS],
    pub(crate) results: [DType; RESULTS],
}

impl<const N: usize, const INPUTS: usize, const RESULTS: usize> Call<N, INPUTS, RESULTS> {
    /// In fresh arrays.
    pub(crate) fn fresh(self) -> Result<[AnyArray; RESULTS]> {
        untyped::call(self.function, self.results, &self.operands.each_ref().map(AnyArray::argument))
    }

    /// Into arrays that are there, where the mask, if there is one, is true.
    pub(crate) fn out(self, outs: impl Outs, mask: Option<&Array<bool>>) -> Result<()> {
        let operands = self.operands.each_ref().map(AnyArray::argument);
        match mask {
            Some(mask) => masked::out_where(self.function, &self.results, &operands, outs, mask),
            None => call::several_out(self.function, &self.results, &operands, outs),
        }
    }
}

impl<const N: usize, const INPUTS: usize> Call<N, INPUTS, 1> {
    /// In one fresh array.
    pub(crate) fn array(self) -> Result<AnyArray> {
        self.fresh().map(|[result]| result)
    }
}

/// A ufunc of one operand.
pub(crate) struct OfOne {
    pub(crate) name: &'static str,
    pub(crate) find: fn(DType) -> Found<2>,
}

impl OfOne {
    fn found(&self, dtype: DType) -> Result<(Function<2>, DType)> {
        (self.find)(dtype).ok_or_else(|| Error::unsupported(self.name, &[dtype]))
    }

    pub(crate) fn call(&self, a: &AnyArray) -> Result<Call<2, 1, 1>> {
        let (function, result) = self.found(a.dtype())?;
        Ok(Call { function, operands: [a.clone()], results: [result] })
    }

    pub(crate) fn at(&self, a: &mut AnyArray, indices: impl Indices) -> Result<()> {
        let (function, result) = self.found(a.dtype())?;
        at::unary_at(function, result, a, indices)
    }
}

/// What looks at the right operand, where the mask is true, before it computes: of operands that meet in this dtype,
/// whether this is the function.
pub(crate) type Choose = fn(Function<3>, DType, &AnyArray, Option<&Array<bool>>) -> Result<Function<3>>;

/// A ufunc of two operands.
pub(crate) struct OfTwo {
    pub(crate) name: &'static str,
    pub(crate) find: fn(DType, DType) -> Found<3>,
    pub(crate) choose: Option<Choose>,
}

impl OfTwo {
    /// The function, its result's dtype, and the dtypes that numbers get.
    fn found(&self, a: &AnyOperand<'_>, b: &AnyOperand<'_>) -> Result<(Function<3>, DType, [DType; 2])> {
        let (mut left, mut right) = (a.dtype_beside(b.dtype()), b.dtype_beside(a.dtype()));
        let find = |left, right| {
            (self.find)(left, right).ok_or_else(|| Error::unsupported(self.name, &[left, right]))
        };
        let (mut function, mut result) = find(left, right)?;
        if matches!(function.input_dtypes()[0].kind(), Kind::Float | Kind::Complex) {
            // A number need not fit an integer, or a smaller float, that it is not converted to.
            (left, right) = (left.to_float().promote(result), right.to_float().promote(result));
        } else if (!a.fits(left) || !b.fits(right)) && matches!(result.kind(), Kind::Float | Kind::Bool) {
            // Of quotients and comparisons the integer's size makes no difference.
            let whole = |operand: &AnyOperand<'_>| operand.dtype().unwrap_or(DType::Int64);
            (left, right) = (whole(a), whole(b));
            (function, result) = find(left, right)?;
        }
        Ok((function, result, [left, right]))
    }

    /// The function for this right operand.
    fn chosen(
        &self,
        function: Function<3>,
        left: DType,
        b: &AnyArray,
        mask: Option<&Array<bool>>,
    ) -> Result<Function<3>> {
        self.choose.map_or(Ok(function), |choose| choose(function, left.promote(b.dtype()), b, mask))
    }

    pub(crate) fn call<'a, 'b>(
        &self,
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
    ) -> Result<Call<3, 2, 1>> {
        self.call_where(a.into(), b.into(), None)
    }

    fn call_where(
        &self,
        a: AnyOperand<'_>,
        b: AnyOperand<'_>,
        mask: Option<&Array<bool>>,
    ) -> Result<Call<3, 2, 1>> {
        let (function, result, [left, right]) = self.found(&a, &b)?;
        let (a, b) = (a.into_array(left)?, b.into_array(right)?);
        let function = self.chosen(function, left, &b, mask)?;
        Ok(Call { function, operands: [a, b], results: [result] })
    }

    pub(crate) fn out<'a, 'b>(
        &self,
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
        out: &mut AnyArray,
        mask: Option<&Array<bool>>,
    ) -> Result<()> {
        self.call_where(a.into(), b.into(), mask)?.out(out, mask)
    }

    pub(crate) fn at<'b>(
        &self,
        a: &mut AnyArray,
        indices: impl Indices,
        b: impl Into<AnyOperand<'b>>,
    ) -> Result<()> {
        let b = b.into();
        let (function, result, [left, right]) = self.found(&AnyOperand::Borrowed(a), &b)?;
        let b = b.into_array(right)?;
        let function = self.chosen(function, left, &b, None)?;
        at::binary_at_any(function, result, a, indices, b)
    }
}

/// The function of three operands that `find` finds for the dtype that all have in common.
pub(crate) fn of_three(
    name: &str,
    find: fn(DType) -> Found<4>,
    operands: [AnyOperand<'_>; 3],
) -> Result<Call<4, 3, 1>> {
    // Numbers are weak beside all arrays, whichever comes first.
    let strong = operands.iter().filter_map(AnyOperand::dtype).reduce(DType::promote);
    let dtypes = operands.each_ref().map(|operand| operand.dtype_beside(strong));
    let common = dtypes.into_iter().reduce(DType::promote);
    let found = common.and_then(find);
    let (function, result) = found.ok_or_else(|| Error::unsupported(name, &dtypes))?;
    let [a, b, c] = operands;
    let operands = [a.into_array(dtypes[0])?, b.into_array(dtypes[1])?, c.into_array(dtypes[2])?];
    Ok(Call { function, operands, results: [result] })
}

/// A ufunc of one operand with two results.
pub(crate) struct OfOneInTwo {
    pub(crate) name: &'static str,
    pub(crate) find: fn(DType) -> FoundTwo<3>,
}

impl OfOneInTwo {
    pub(crate) fn call(&self, a: &AnyArray) -> Result<Call<3, 1, 2>> {
        let found = (self.find)(a.dtype());
        let (function, results) = found.ok_or_else(|| Error::unsupported(self.name, &[a.dtype()]))?;
        Ok(Call { function, operands: [a.clone()], results })
    }
}

/// A ufunc of two operands with two results.
pub(crate) struct OfTwoInTwo {
    pub(crate) name: &'static str,
    pub(crate) find: fn(DType) -> FoundTwo<4>,
}

impl OfTwoInTwo {
    pub(crate) fn call<'a, 'b>(
        &self,
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
    ) -> Result<Call<4, 2, 2>> {
        let (a, b) = (a.into(), b.into());
        let (left, right) = (a.dtype_beside(b.dtype()), b.dtype_beside(a.dtype()));
        let found = (self.find)(left.promote(right));
        let (function, results) = found.ok_or_else(|| Error::unsupported(self.name, &[left, right]))?;
        Ok(Call { function, operands: [a.into_array(left)?, b.into_array(right)?], results })
    }
}

/// The left array with axes of one after its own, as many as the right one has: then each meets each.
pub(crate) fn before(a: &AnyArray, b: &AnyArray) -> Result<AnyArray> {
    let mut shape = a.shape().to_vec();
    shape.resize(a.ndim() + b.ndim(), 1);
    a.reshape(&shape)
}
