"""Types as written in C and in Rust in, one shape per data model out, and what two shapes' difference does.

`shapes` is the common form; `c_types` and `rust_types` read the two languages; `compare` judges.
"""
