; Symbol looked up at run time
; Finds a function or a variable of a loaded library by name. The reviewer must establish that the type given to it is
; that of the symbol in every version that may be loaded, and that the library stays loaded while it is used.
; For `libloading`, `.get(..)` counts with a byte or C string literal, or with a function pointer type as type argument; a map
; with such a key looks the same.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "dlsym" "dlvsym" "GetProcAddress"))

((call_expression
   function: [
     (_ value: (_) field: (field_identifier) @name)
     (generic_function function: (_ value: (_) field: (field_identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (string_literal) @argument . [(line_comment) (block_comment)]* .)) @operation
  (#eq? @name "get")
  (#match? @argument "^[bc]\""))

((call_expression
   function: (generic_function
     function: (_ field: (field_identifier) @name)
     type_arguments: (_ . (function_type)))
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "get"))
