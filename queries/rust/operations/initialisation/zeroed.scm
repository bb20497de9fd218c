; Value of all zero bytes
; Makes a value, or memory for one, whose bytes are all zero. The reviewer must establish that zero is a valid value of
; the type and of every field in it: references, function pointers, `NonNull`, `Box` and many enums have none.
; A bare `zeroed()` is taken as imported from `mem`; other crates offer a checked function of that name.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "zeroed")
  (#match? @operation "^<?(::)?(\\w+::)*(mem::|MaybeUninit\\b)|^zeroed\\b"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "new_zeroed" "new_zeroed_slice")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Rc|Arc|UniqueArc|UniqueRc|KBox|VBox|KVBox)\\b"))
