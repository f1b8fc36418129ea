//! Passes on what PyO3 was built for: `Py_LIMITED_API`, `PyPy`, `Py_GIL_DISABLED`.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
}
