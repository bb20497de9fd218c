; Text made from bytes without a UTF-8 check
; Takes bytes as text as they are. The reviewer must establish that the bytes are UTF-8 for every input, and in
; particular that they are not what foreign code or a file delivered.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_utf8_unchecked" "from_utf8_unchecked_mut" "from_boxed_utf8_unchecked"))
