; Panic caught
; Runs a closure and returns its panic as a value. The reviewer must establish that all that can panic is inside, that the
; caught case is handled and its payload dropped with care, and that state left behind halfway is not used.
; The method of the same name on futures is not given.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "catch_unwind"))
