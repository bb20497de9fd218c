; Vec made from pointer, length and capacity
; Takes over a buffer as a vector. The reviewer must establish that the same allocator made the buffer with exactly this
; capacity, size and alignment, that the first `length` elements are initialised, and that nobody else frees it.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_raw_parts" "from_raw_parts_in" "from_parts" "from_parts_in")
  (#match? @operation "^<?(::)?(\\w+::)*(Vec|VecDeque|KVec|VVec|KVVec)\\b"))
