; Memory copied between pointers
; Copies a count of elements (not bytes) from one pointer to another. The reviewer must establish that both ranges are
; alive and large enough for count times the element size, that they do not overlap where the call forbids it, and that
; elements which are not `Copy` end up with one owner.
; `copy` counts only under `ptr::` or `intrinsics::`; the methods count only with two arguments or more.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "copy" "copy_nonoverlapping" "volatile_copy_memory" "volatile_copy_nonoverlapping_memory")
  (#match? @operation "^(::)?(\\w+::)*(ptr|intrinsics)::|^(copy_nonoverlapping|volatile_copy_\\w+)\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ (_expression) "," (_expression))) @operation
  (#any-of? @name "copy_to" "copy_from" "copy_to_nonoverlapping" "copy_from_nonoverlapping"))
