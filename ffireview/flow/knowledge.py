"""What functions of the standard library do with a value, by name. Data only; a name says nothing of other types."""

BORROWS = frozenset({
    "as_ptr", "as_mut_ptr", "as_ptr_range", "as_mut_ptr_range", "as_ref", "as_mut", "as_slice", "as_mut_slice",
    "as_str",
    "as_mut_str", "as_bytes", "as_mut_bytes", "as_bytes_mut", "as_c_str", "as_bytes_with_nul", "to_bytes",
    "to_bytes_with_nul", "as_os_str", "as_path",
    "as_deref", "as_deref_mut", "as_raw", "as_raw_fd", "as_fd", "borrow", "borrow_mut", "deref", "deref_mut", "iter",
    "iter_mut",
    "get", "get_mut", "get_ref", "first", "last", "first_mut", "last_mut", "chars", "bytes", "lines", "chunks",
    "windows",
    "split_at", "split_at_mut", "as_non_null_ptr", "as_nonnull", "lock", "peek", "to_str", "raw", "as_uninit_mut",
    "as_raw_mut",
    "assume_init_ref", "assume_init_mut", "as_any", "as_mut_any", "inner", "spare_capacity_mut", "trim", "as_handle",
    "keys", "values", "values_mut", "drain", "strip_prefix", "strip_suffix",
})  # fmt: skip
"""Methods whose result points into their receiver, or is part of it."""

KEEPS = frozenset({
    "cast", "cast_mut", "cast_const", "cast_signed", "cast_unsigned", "unwrap", "expect", "unwrap_or", "unwrap_or_else",
    "unwrap_or_default", "unwrap_unchecked", "into", "try_into", "ok", "ok_or", "ok_or_else", "map_err", "take",
    "add", "sub", "offset", "wrapping_add", "wrapping_sub", "wrapping_offset", "byte_add", "byte_sub", "byte_offset",
    "into_inner", "into_raw", "into_ptr", "into_boxed_slice", "into_boxed_str", "into_boxed_c_str", "into_vec",
    "into_bytes",
    "into_string", "assume_init", "or", "or_else", "filter", "inspect", "by_ref", "into_iter", "rev", "into_raw_fd",
    "into_owned_ptr", "with_addr", "align_to", "and_then", "into_pin", "get_unchecked", "get_unchecked_mut",
    "into_non_null",
    "skip", "enumerate", "into_foreign", "into_raw_parts",
})  # fmt: skip
"""Methods whose result is their receiver in another form, or what it holds."""

PASSES = {
    "Some": "Some", "Ok": "Ok", "Err": "Err", "transmute": "transmute", "transmute_unchecked": "transmute",
    "NonNull::new": "NonNull::new", "NonNull::new_unchecked": "NonNull::new_unchecked",
    "NonNull::from": "NonNull::from",
    "Pin::new": "Pin::new", "Pin::new_unchecked": "Pin::new_unchecked", "Pin::into_inner": "Pin::into_inner",
    "Pin::into_inner_unchecked": "Pin::into_inner_unchecked", "Pin::get_unchecked_mut": "Pin::get_unchecked_mut",
    "ManuallyDrop::new": "ManuallyDrop::new", "ManuallyDrop::into_inner": "ManuallyDrop::into_inner",
    "Box::into_raw": "into_raw", "Rc::into_raw": "into_raw", "Arc::into_raw": "into_raw",
    "CString::into_raw": "into_raw",
    "Box::into_raw_with_allocator": "into_raw", "Weak::into_raw": "into_raw", "Box::leak": "leak", "Vec::leak": "leak",
    "Box::into_non_null": "into_raw", "Box::into_pin": "Box::into_pin", "Box::pin": "Box::pin",
    "Box::from_raw": "from_raw", "Rc::from_raw": "from_raw", "Arc::from_raw": "from_raw",
    "CString::from_raw": "from_raw",
    "Weak::from_raw": "from_raw", "Box::from_non_null": "from_raw", "KBox::from_raw": "from_raw",
    "KBox::into_raw": "into_raw",
    "CStr::from_ptr": "CStr::from_ptr", "CStr::from_char_ptr": "CStr::from_ptr",
    "from_raw_parts": "from_raw_parts", "from_raw_parts_mut": "from_raw_parts_mut",
    "slice_from_raw_parts": "slice_from_raw_parts", "slice_from_raw_parts_mut": "slice_from_raw_parts_mut",
    "ptr::from_ref": "&", "ptr::from_mut": "&mut", "iter::once": "iter::once", "identity": "identity",
    "usize::from": "from", "u64::from": "from", "u32::from": "from", "i64::from": "from", "i32::from": "from",
    "u16::from": "from", "u8::from": "from", "bool::from": "from",
    "try_from": "try_from", "mem::take": "take",
    "ptr::read": "ptr::read", "ptr::read_unaligned": "ptr::read", "ptr::read_volatile": "ptr::read",
    "UnsafeCell::raw_get": "raw_get", "MaybeUninit::assume_init": "assume_init",
    "MaybeUninit::as_mut_ptr": "as_mut_ptr",
    "from_utf8_unchecked": "from_utf8_unchecked", "from_utf8": "from_utf8",
    "CStr::from_bytes_with_nul_unchecked": "from_bytes",
    "CStr::from_bytes_with_nul": "from_bytes", "Cell::new": "Cell::new", "RefCell::new": "RefCell::new",
}  # fmt: skip
"""Functions whose result is their first argument in another form, by the end of their path, and how that shows."""

POINTS_INTO = {
    "Rc::as_ptr": "as_ptr", "Arc::as_ptr": "as_ptr", "Box::as_ptr": "as_ptr", "Box::as_mut_ptr": "as_mut_ptr",
    "Pin::as_ref": "as_ref", "Pin::as_mut": "as_mut", "AsRef::as_ref": "as_ref", "Deref::deref": "deref",
    "DerefMut::deref_mut": "deref_mut", "Borrow::borrow": "borrow", "CStr::as_ptr": "as_ptr",
    "CString::as_ptr": "as_ptr",
    "str::as_ptr": "as_ptr", "Vec::as_ptr": "as_ptr", "Vec::as_mut_ptr": "as_mut_ptr", "slice::from_ref": "from_ref",
    "slice::from_mut": "from_mut", "Option::as_ref": "as_ref", "Option::as_mut": "as_mut", "String::as_ptr": "as_ptr",
}  # fmt: skip
"""Functions whose result points to what their first argument points to."""

OWNERS = frozenset({
    "Box::new", "Box::default", "Box::from", "Box::pin", "Rc::new", "Rc::from", "Arc::new", "Arc::from", "Vec::new",
    "Vec::with_capacity", "Vec::from", "Vec::from_iter", "String::new", "String::from", "String::with_capacity",
    "String::from_utf8", "String::from_utf8_lossy", "CString::new", "CString::default", "CString::from",
    "CString::from_vec_unchecked", "CString::from_vec_with_nul", "OsString::new", "OsString::from", "PathBuf::new",
    "PathBuf::from", "Box::new_uninit", "Box::new_zeroed", "MaybeUninit::uninit", "MaybeUninit::zeroed",
    "MaybeUninit::new",
    "HashMap::new", "HashMap::with_capacity", "BTreeMap::new", "VecDeque::new", "VecDeque::with_capacity",
    "BytesMut::new",
    "BytesMut::with_capacity", "UnsafeCell::new", "Mutex::new", "CStr::to_owned", "iter::repeat", "KVec::with_capacity",
    "KBox::new", "KVec::new", "VVec::new", "CString::try_from_fmt", "Cell::new", "RefCell::new", "fs::read",
    "ToString::to_string",
    "mem::zeroed", "mem::uninitialized", "Default::default",
})  # fmt: skip
"""Functions that make a value which owns what it points to, or is itself what will be pointed to."""

OWNING_METHODS = frozenset({
    "to_string", "to_owned", "to_vec", "into_owned", "to_string_lossy", "to_path_buf", "into_bytes", "into_os_string",
    "collect", "repeat", "concat", "join", "to_ascii_uppercase", "to_ascii_lowercase", "to_uppercase", "to_lowercase",
    "into_boxed_slice", "into_boxed_str", "to_le_bytes", "to_be_bytes", "to_ne_bytes", "into_c_string",
    "to_glib_none",
})  # fmt: skip
"""Methods that do the same. (`to_string_lossy` owns only sometimes, which is as bad.)"""

OWNING_MACROS = frozenset({"vec", "format", "smallvec", "arrayvec", "vec_no_clone"})
"""Macros that do the same."""

NULLS = frozenset({"null", "null_mut", "dangling", "dangling_mut", "without_provenance", "without_provenance_mut"})
"""Functions whose result points nowhere."""

OWNER_TYPES = frozenset({
    "Box", "Rc", "Arc", "Vec", "String", "CString", "OsString", "PathBuf", "MaybeUninit", "UnsafeCell", "HashMap",
    "VecDeque",
    "Cow", "KBox", "KVec", "BytesMut", "Bytes", "BTreeMap",
})  # fmt: skip
"""Types whose values own what they point to."""

STORES = frozenset(
    {"push", "push_back", "push_front", "insert", "extend", "set", "replace", "store", "write", "send", "push_str"}
)
"""Methods that put their arguments into their receiver."""
