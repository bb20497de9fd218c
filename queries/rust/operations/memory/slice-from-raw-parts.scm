; Slice made from a pointer and a length
; Makes a reference to a run of elements. The reviewer must establish that the pointer is aligned and not null even for
; length 0, that the length counts elements of one live and initialised allocation, and how long that allocation stays
; unchanged, since the caller chooses the lifetime.
; `ptr::slice_from_raw_parts` makes no reference and is not this operation; a bare `from_raw_parts` is taken as imported.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_raw_parts" "from_raw_parts_mut" "from_ptr_range" "from_mut_ptr_range")
  (#match? @operation "^(::)?(\\w+::)*slice::|^from_"))
