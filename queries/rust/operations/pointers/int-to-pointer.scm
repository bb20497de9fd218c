; Integer turned into a raw pointer
; Makes a pointer from a number. The reviewer must establish where the number comes from, that memory of the stated type
; lives at that address, and that its provenance was exposed; `0` makes the null pointer.
; Types are not known here: a cast counts when its source is a literal, ends in a cast to an integer, is arithmetic in
; parentheses, `usize::MAX` or `.addr()`. A plain name that holds an integer appears as pointer-cast.

((type_cast_expression
   value: (_) @argument
   type: (pointer_type)) @operation
  (#match? @argument "(?s)^\\(?\\s*[-!\\d]|\\bas\\s+(?:[iu](?:\\d+|size)|(?:\\w+::)*u?intptr_t)$|^\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\bas\\s+(?:[iu](?:\\d+|size)|(?:\\w+::)*u?intptr_t)\\s*(?:\\)$|(?:[-+*/%&|^]|<<|>>))|^\\(\\s*[\\w.:]+(?:\\([^()]*\\))?\\s*(?:[-+*/%&|^]|<<|>>)\\s|^[iu](?:\\d+|size)::(?:MAX|MIN)$|\\.(?:addr|expose_provenance|expose_addr|as_usize|as_u64)\\(\\)$"))

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "with_exposed_provenance" "with_exposed_provenance_mut" "from_exposed_addr" "from_exposed_addr_mut"
    "without_provenance" "without_provenance_mut"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "invalid" "invalid_mut")
  (#match? @operation "^(::)?(\\w+::)*ptr::"))
