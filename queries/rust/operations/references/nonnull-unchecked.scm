; NonNull made without a null check
; Takes a pointer as never null. The reviewer must establish that it cannot be null here, above all when a foreign call or
; an allocator returned it.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "new_unchecked")
  (#match? @operation "^<?(::)?(\\w+::)*NonNull\\b"))
