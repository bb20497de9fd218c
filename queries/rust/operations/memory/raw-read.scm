; Value read through a pointer
; Copies a value out of the memory that a pointer names, bit by bit, with no regard to ownership. The reviewer must
; establish that the memory is initialised, alive and (but for `read_unaligned`) aligned, and that the value is not used
; twice when its type is not `Copy`.
; The method `.read()` with no argument is also what locks and registers offer; only receivers ending in `lock` are left out.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "read" "read_unaligned" "read_volatile" "volatile_load")
  (#match? @operation "^(::)?(\\w+::)*(ptr|intrinsics)::|^<\\*|^(read_unaligned|read_volatile|volatile_load)\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "read" "read_unaligned" "read_volatile")
  (#not-match? @argument "(?i)lock(\\(\\))?$"))
