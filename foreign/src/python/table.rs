//! A plug-in's table of functions as a [`Backend`].

use std::sync::OnceLock;

use foreign_abi as abi;
use foreign_abi::{Form, Found, Handle, Keyword, Kind, Lend, Outcome, Reason, Slice, Table};

use super::marshal::{self, Loan};
use crate::backend::Backend;
use crate::call::Arguments;
use crate::{Error, Object, Result, Value, global};

/// The plug-in. There is one in a process.
pub(super) struct Plugin {
    table: &'static Table,
}

static PLUGIN: OnceLock<Plugin> = OnceLock::new();

impl Plugin {
    /// Makes it the plug-in of this process, for good.
    pub(super) fn install(table: &'static Table) -> &'static Plugin {
        PLUGIN.get_or_init(|| Plugin { table })
    }

    /// Calls a function that hands out an object.
    fn find(&'static self, call: impl FnOnce(*mut Found) -> Outcome) -> Result<Found> {
        let mut found = Found::NOTHING;
        self.check(call(&mut found)).map(|()| found)
    }

    /// Calls a function that fills in a value.
    fn value(&'static self, call: impl FnOnce(*mut abi::Value) -> Outcome) -> Result<Value> {
        let mut value = abi::Value::None;
        self.check(call(&mut value))?;
        // SAFETY: what the plug-in has just filled in is alive, and taken once.
        let taken = unsafe { marshal::take(&value, self) };
        if marshal::owns_memory(&value) {
            // SAFETY: it came from this plug-in, and is released once.
            unsafe { (self.table.release_value)(&mut value) };
        }
        Ok(taken)
    }

    fn check(&'static self, outcome: Outcome) -> Result<()> {
        if outcome.is_null() { Ok(()) } else { Err(self.error(outcome)) }
    }

    #[cold]
    fn error(&'static self, failure: *mut abi::Failure) -> Error {
        // SAFETY: the plug-in gave us the failure, alive until it is released here.
        let (reason, exception, type_name, message, traceback) = unsafe {
            let f = &*failure;
            (f.reason, f.exception, f.type_name.to_text(), f.message.to_text(), f.traceback.to_text())
        };
        // SAFETY: as above, once.
        unsafe { (self.table.release_failure)(failure) };
        let exception = (!exception.is_null()).then(|| Object::keep(self, exception));
        match reason {
            Reason::Raised => Error::raised(type_name, message, traceback, exception),
            Reason::Conversion => Error::conversion(message),
            Reason::Panicked => Error::internal(message),
            Reason::NoNumpy => {
                let error = Error::raised(type_name, message, traceback, exception).about_package();
                let Some(running) = global::running() else { return error };
                error.with_hint(format!(
                    "An array is lent as a NumPy array, and {} has no NumPy that works.\nTo install it: {}",
                    running.interpreter,
                    running.interpreter.pip_command(&["numpy"]),
                ))
            }
        }
    }
}

/// Every pointer that is passed is to something that outlives the call, handles are alive by the
/// contract of [`Backend`], and what comes out is taken over once: these are the table's rules, and
/// what each `SAFETY` below refers to.
impl Backend for Plugin {
    fn import(&'static self, name: &str) -> Result<Found> {
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.import)(Slice::text(name), out) })
    }

    fn get_attr(&'static self, of: Handle, name: &str) -> Result<Found> {
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.get_attr)(of, Slice::text(name), out) })
    }

    fn set_attr(&'static self, of: Handle, name: &str, value: &Value) -> Result<()> {
        let mut loan = Loan::default();
        let value = loan.value(value);
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.set_attr)(of, Slice::text(name), &value) })
    }

    fn get_item(&'static self, of: Handle, key: &Value) -> Result<Found> {
        let mut loan = Loan::default();
        let key = loan.value(key);
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.get_item)(of, &key, out) })
    }

    fn set_item(&'static self, of: Handle, key: &Value, value: &Value) -> Result<()> {
        let mut loan = Loan::default();
        let (key, value) = (loan.value(key), loan.value(value));
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.set_item)(of, &key, &value) })
    }

    fn call(&'static self, callee: Handle, method: &str, arguments: &Arguments) -> Result<Found> {
        let mut loan = Loan::default();
        let positional: Vec<_> = arguments.positional.iter().map(|value| loan.value(value)).collect();
        let keyword: Vec<_> = arguments
            .keyword
            .iter()
            .map(|(name, value)| Keyword { name: Slice::text(name), value: loan.value(value) })
            .collect();
        let (positional, keyword) = (Slice::new(&positional), Slice::new(&keyword));
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.call)(callee, Slice::text(method), positional, keyword, out) })
    }

    fn iterate(&'static self, of: Handle) -> Result<Found> {
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.iterate)(of, out) })
    }

    fn next(&'static self, iterator: Handle) -> Result<Option<Found>> {
        // SAFETY: the table's rules.
        let item = self.find(|out| unsafe { (self.table.next)(iterator, out) })?;
        Ok((!item.handle.is_null()).then_some(item))
    }

    fn length(&'static self, of: Handle) -> Result<usize> {
        let mut length = 0;
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.length)(of, &mut length) }).map(|()| length)
    }

    fn truth(&'static self, of: Handle) -> Result<bool> {
        let mut truth = false;
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.truth)(of, &mut truth) }).map(|()| truth)
    }

    fn is_callable(&'static self, of: Handle) -> Result<bool> {
        let mut callable = false;
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.is_callable)(of, &mut callable) }).map(|()| callable)
    }

    fn write(&'static self, of: Handle, form: Form) -> Result<String> {
        // SAFETY: the table's rules.
        match self.value(|out| unsafe { (self.table.write)(of, form, out) })? {
            Value::Str(text) => Ok(text),
            other => Err(Error::internal(format!("wrote {} instead of a str", other.type_name()))),
        }
    }

    fn make(&'static self, value: &Value) -> Result<Found> {
        let mut loan = Loan::default();
        let value = loan.value(value);
        // SAFETY: the table's rules.
        self.find(|out| unsafe { (self.table.make)(&value, out) })
    }

    fn extract(&'static self, of: Handle, kind: Kind) -> Result<Value> {
        // SAFETY: the table's rules.
        self.value(|out| unsafe { (self.table.extract)(of, kind, out) })
    }

    unsafe fn lend(&'static self, lend: &Lend) -> Result<Found> {
        // SAFETY: the table's rules, and the contract of this method.
        self.find(|out| unsafe { (self.table.lend)(lend, out) })
    }

    fn release(&'static self, handle: Handle) {
        // SAFETY: the table's rules.
        unsafe { (self.table.release)(handle) };
    }

    fn finish(&'static self) -> Result<()> {
        // SAFETY: the table's rules.
        self.check(unsafe { (self.table.finish)() })
    }
}
