; Memory left uninitialised
; Makes memory whose bytes are undefined. The reviewer must establish that it is written before it is read, and that
; nothing makes a reference to it or drops it before that; `mem::uninitialized` gives the value itself, invalid at once.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "uninit" "uninit_array")
  (#match? @operation "^<?(::)?(\\w+::)*MaybeUninit\\b"))

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "uninitialized"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "new_uninit" "new_uninit_slice")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Rc|Arc|UniqueArc|UniqueRc|KBox|VBox|KVBox)\\b"))
