"""ffireview reads a repository of Rust and C and shows a reviewer its unsafe code and its crossings, ranked."""

__version__ = "0.1.0"
