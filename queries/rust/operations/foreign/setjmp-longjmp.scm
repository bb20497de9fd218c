; Jump over stack frames
; Saves a place on the stack, or leaves for it across all frames between. The reviewer must establish that no Rust frame
; with a destructor to run is jumped over, and that variables changed since the save are not relied on.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "setjmp" "_setjmp" "sigsetjmp" "__sigsetjmp" "longjmp" "_longjmp" "siglongjmp"))
