; Pointer moved by an offset
; Computes a pointer some elements or bytes away, or the distance of two. The reviewer must establish that start and
; result lie in one allocation, that the offset counts the right unit, and that it cannot overflow.
; `.add(x)`, `.sub(x)` and `.offset(x)` with one argument may be methods of any other type, which no query can tell.
; `.wrapping_add(x)` and `.wrapping_sub(x)` are mostly integer arithmetic and count only on a receiver spelled as a pointer.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name
    "add" "sub" "offset" "byte_add" "byte_sub" "byte_offset" "offset_from" "offset_from_unsigned"
    "byte_offset_from" "byte_offset_from_unsigned" "sub_ptr" "wrapping_offset" "wrapping_byte_add"
    "wrapping_byte_sub" "wrapping_byte_offset"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "wrapping_add" "wrapping_sub")
  (#match? @argument "(?is)(ptr|pointer|raw)(_?mut)?\\d*(\\(\\))?$|\\bp$|\\.get\\(\\)$|\\.(cast|cast_mut|cast_const|add|sub|offset|byte_add|byte_sub|byte_offset)(::<[^()]*>)?\\(.*\\)$|addr_of(_mut)?!\\(.*\\)$|^\\(.*(\\bas \\*(mut|const)|&raw (mut|const)) .*\\)$"))
