; C string borrowed from a pointer
; Reads bytes until the first zero and borrows them. The reviewer must establish that the pointer is not null, that a
; zero byte comes within the same allocation, and that nobody frees or changes the text while the borrow lives.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_ptr" "from_char_ptr")
  (#match? @operation "^<?(::)?(\\w+::)*CStr\\b"))
