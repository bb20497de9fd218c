; Pointer taken from an owner
; Hands out the address of what a string, slice, vector or cell holds. The reviewer must establish that the owner outlives
; every use of the pointer, does not move or grow meanwhile, and is terminated or measured the way the receiver expects.
; Given for any type: nothing in the text tells whose method it is. A path passed as a value (`.map(CStr::as_ptr)`) counts.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "as_ptr" "as_mut_ptr" "as_ptr_range" "as_mut_ptr_range"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "as_ptr" "as_mut_ptr"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#any-of? @name "as_ptr" "as_mut_ptr"))
