; Allocator called directly
; Requests, resizes or returns memory by layout. The reviewer must establish that the size is not zero, that null is
; handled, that the layout given back equals the one requested, and that each block is freed once.
; Imported names count by their number of arguments (`alloc(layout)`, `dealloc(p, layout)`, `realloc(p, layout, size)`),
; which a function of the project with the same name may share. `libc::malloc` and the like are foreign calls, not this.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "alloc" "alloc_zeroed" "realloc" "dealloc")
  (#match? @operation "^(::)?(\\w+::)*(alloc|GlobalAlloc)::"))

((call_expression
   function: [(identifier) @name (generic_function function: (identifier) @name)]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) @argument . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "alloc" "alloc_zeroed"))

((call_expression
   function: [(identifier) @name (generic_function function: (identifier) @name)]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) @argument "," (_expression))) @operation
  (#eq? @name "dealloc"))

((call_expression
   function: [(identifier) @name (generic_function function: (identifier) @name)]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) @argument "," (_expression) "," (_expression))) @operation
  (#eq? @name "realloc"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ (_expression) "," (_expression))) @operation
  (#any-of? @name "dealloc" "deallocate"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ (_expression) "," (_expression) "," (_expression))) @operation
  (#eq? @name "realloc"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "alloc" "alloc_zeroed")
  (#match? @argument "^(\\w+::)*(System|Global)$"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "from_size_align_unchecked"))
