"""Type names that both languages' standard headers and crates define, by data model."""

from ffireview.link.types.shapes import Bool, Char, DataModel, Float, Int, Pointer, Record, Shape, VaList, Void

_FIXED: dict[str, Shape] = {
    **{f"{prefix}int{bits}_t": Int(bits, not prefix) for prefix in ("u", "") for bits in (8, 16, 32, 64)},
    **{f"{p}int_least{bits}_t": Int(bits, not p) for p in ("u", "") for bits in (8, 16, 32, 64)},
    **{f"{'u' if not s else 's'}{bits}": Int(bits, s) for s in (False, True) for bits in (8, 16, 32, 64)},
    **{f"__{'u' if not s else 's'}{bits}": Int(bits, s) for s in (False, True) for bits in (8, 16, 32, 64)},
    **{f"__{e}{bits}": Int(bits, False) for e in ("le", "be") for bits in (16, 32, 64)},
    **{f"u_int{bits}_t": Int(bits, False) for bits in (8, 16, 32, 64)},
    "bool": Bool(), "_Bool": Bool(), "float": Float(32), "double": Float(64), "void": Void(),
    "gsize": Int(64, False), "gssize": Int(64, True), "gint": Int(32, True), "guint": Int(32, False),
    "gboolean": Int(32, True), "gchar": Int(8, True, True), "guchar": Int(8, False), "gpointer": Pointer(Void(), False),
    "gconstpointer": Pointer(Void(), True), "gdouble": Float(64), "gfloat": Float(32),
    **{f"g{'' if s else 'u'}int{bits}": Int(bits, s) for s in (False, True) for bits in (8, 16, 32, 64)},
    **{f"{e}{bits}": Int(bits, False) for e in ("le", "be") for bits in (16, 32, 64)},
    "char8_t": Int(8, False), "char16_t": Int(16, False), "char32_t": Int(32, False),
    "uchar": Int(8, False), "u_char": Int(8, False), "ushort": Int(16, False), "u_short": Int(16, False),
    "uint": Int(32, False), "u_int": Int(32, False), "pid_t": Int(32, True), "uid_t": Int(32, False),
    "gid_t": Int(32, False), "mode_t": Int(32, False), "socklen_t": Int(32, False), "umode_t": Int(16, False),
    "sa_family_t": Int(16, False), "in_port_t": Int(16, False), "in_addr_t": Int(32, False), "loff_t": Int(64, True),
    "off64_t": Int(64, True), "clockid_t": Int(32, True), "useconds_t": Int(32, False), "id_t": Int(32, False),
    "va_list": VaList(), "__builtin_va_list": VaList(), "__gnuc_va_list": VaList(), "FILE": Record("FILE", "struct"),
    "BOOL": Int(32, True), "BYTE": Int(8, False), "WORD": Int(16, False), "DWORD": Int(32, False),
    "WCHAR": Int(16, False), "LONG": Int(32, True), "ULONG": Int(32, False), "UINT": Int(32, False),
    "USHORT": Int(16, False), "UCHAR": Int(8, False), "LONGLONG": Int(64, True), "ULONGLONG": Int(64, False),
}  # fmt: skip

RESERVED = frozenset({
    "size_t", "ptrdiff_t", "intptr_t", "uintptr_t",
    *(f"{sign}int{bits}_t" for sign in ("", "u") for bits in (8, 16, 32, 64)),
})  # fmt: skip
"""Names that mean the same everywhere (ISO C, 7.19 and 7.20), whatever a class or a stand-in header makes of them."""

_RUST: dict[str, Shape] = {
    **{f"i{bits}": Int(bits, True) for bits in (8, 16, 32, 64, 128)},
    **{f"u{bits}": Int(bits, False) for bits in (8, 16, 32, 64, 128)},
    "bool": Bool(), "char": Char(), "f32": Float(32), "f64": Float(64), "()": Void(), "!": Void(), "c_void": Void(),
    "c_char": Int(8, True, True), "c_schar": Int(8, True), "c_uchar": Int(8, False), "c_short": Int(16, True),
    "c_ushort": Int(16, False), "c_int": Int(32, True), "c_uint": Int(32, False), "c_longlong": Int(64, True),
    "c_ulonglong": Int(64, False), "c_float": Float(32), "c_double": Float(64), "VaList": VaList(),
    "VaListImpl": VaList(), "c_bool": Bool(),
}  # fmt: skip


def _sized(model: DataModel) -> dict[str, Shape]:
    """Names whose width the data model decides, in either language."""
    size, signed = Int(model.pointer, False), Int(model.pointer, True)
    time = Int(64 if model.pointer == 64 else 32, True)
    return {
        "size_t": size, "uintptr_t": size, "ssize_t": signed, "ptrdiff_t": signed, "intptr_t": signed,
        "__kernel_size_t": size, "__kernel_ssize_t": signed, "off_t": Int(model.long, True),
        "time_t": time, "suseconds_t": Int(model.long, True), "clock_t": Int(model.long, True),
        "ulong": Int(model.long, False), "u_long": Int(model.long, False), "wchar_t": model.wchar,
        "dev_t": Int(64, False), "ino_t": Int(model.long, False), "nlink_t": Int(model.long, False),
        "SIZE_T": size, "ULONG_PTR": size, "LONG_PTR": signed, "HANDLE": Pointer(Void(), False),
    }  # fmt: skip


def c_name(name: str, model: DataModel) -> Shape | None:
    """What a typedef of the standard headers or of the kernel's is; None for others."""
    if name in _FIXED:
        return _FIXED[name]
    return _sized(model).get(name) or (c_name(name[2:], model) if name.startswith("__") and name != "__" else None)


def rust_name(name: str, model: DataModel) -> Shape | None:
    """What a primitive, or a name of `core::ffi` and `libc`, is; None for others."""
    if name in _RUST:
        return _RUST[name]
    if name in ("usize", "isize"):
        return Int(model.pointer, name == "isize")
    if name in ("c_long", "c_ulong"):
        return Int(model.long, name == "c_long")
    return None if name in ("float", "double") else c_name(name, model)
