"""A few lines of a file, for reports that show code or must find a place again."""

from msgspec import Struct


class Quote(Struct, frozen=True):
    """The lines of a place, as text without line ends. `rows` may stop before the place does; it is empty when the
    file could not be read."""

    line: int
    """The number of the first row."""
    rows: tuple[str, ...]
    mark: str = ""
    """Hash of what stands from the first line on, and which of the equal ones it is: `39fa2ee980eb94b0:1`."""
