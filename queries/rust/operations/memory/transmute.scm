; Bits read as another type
; Takes the bits of one type as a value of another. The reviewer must establish that every bit pattern that can arrive is
; valid in the target, that neither layout is left to the compiler's choice, and that lifetimes and mutability do not grow.
; `transmute_copy` and `transmute_unchecked` do not even compare the two sizes.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "transmute" "transmute_copy" "transmute_unchecked"))
