; Value forgotten without its destructor
; Ends a value's scope without running its destructor. The reviewer must establish who now owns what it held, and that a
; panic before this line does not free the same thing a second time.
; A bare `forget(x)` is taken as imported from `mem`.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "forget")
  (#match? @operation "^(::)?(\\w+::)*(mem|intrinsics)::|^forget\\b"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#eq? @name "forget")
  (#match? @operation "^(::)?(\\w+::)*mem::"))
