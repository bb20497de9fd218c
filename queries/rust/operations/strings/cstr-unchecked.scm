; C string made without looking for the zero byte
; Takes bytes as a C string as they are. The reviewer must establish that exactly one zero byte is there, at the end
; (or none, for `from_vec_unchecked`, which adds it).

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_bytes_with_nul_unchecked" "from_bytes_with_nul_unchecked_mut"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_vec_unchecked" "from_vec_with_nul_unchecked")
  (#match? @operation "^<?(::)?(\\w+::)*CString\\b"))
