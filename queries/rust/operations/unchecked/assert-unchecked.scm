; Condition declared true
; Tells the compiler that a condition holds, without testing it. The reviewer must establish that it holds whenever this
; line is reached.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "assert_unchecked"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "assume")
  (#match? @operation "^(::)?(\\w+::)*intrinsics::"))
