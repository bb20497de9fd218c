; Value written through a pointer
; Stores into the memory that a pointer names without dropping what was there. The reviewer must establish that the memory
; may be written for that many bytes, is aligned where the call wants it, is not seen by a live reference, and that the
; lost old value is either absent or accounted for.
; `.write(x)` is also what streams and `MaybeUninit` offer, so the method counts only on a receiver that is spelled as a
; pointer (`..ptr`, `..raw`, `.cast()`, `.add(..)`, `addr_of_mut!(..)`). Methods `.replace(x)` and `.swap(x)` are left out.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "write" "write_unaligned" "write_volatile" "write_bytes" "volatile_store" "replace" "swap"
    "swap_nonoverlapping")
  (#match? @operation "^(::)?(\\w+::)*(ptr|intrinsics)::|^<\\*|^(write_unaligned|write_volatile|write_bytes|volatile_store|swap_nonoverlapping)\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "write_unaligned" "write_volatile"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ (_expression) "," (_expression))) @operation
  (#eq? @name "write_bytes"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#eq? @name "write")
  (#match? @argument "(?is)(ptr|pointer|raw)(_?mut)?\\d*(\\(\\))?$|\\bp$|\\.get\\(\\)$|\\.(cast|cast_mut|cast_const|add|sub|offset|byte_add|byte_sub|byte_offset)(::<[^()]*>)?\\(.*\\)$|addr_of(_mut)?!\\(.*\\)$|^\\(.*(\\bas \\*(mut|const)|&raw (mut|const)) .*\\)$"))
