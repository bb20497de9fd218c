; Path declared unreachable
; Tells the compiler that this point is never reached, so that it removes what leads here. The reviewer must establish
; that no input, error code or new enum value leads here.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "unreachable_unchecked"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "unreachable")
  (#match? @operation "^(::)?(\\w+::)*intrinsics::"))
