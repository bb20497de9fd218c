; Value cast to a raw pointer type
; Makes a raw pointer of another type or mutability, or the first raw pointer from a reference. The reviewer must
; establish that whoever uses it finds the layout, size and alignment that the new type states, and that a pointer made
; mutable comes from memory that may be written.
; A cast whose source is visibly an integer is int-to-pointer instead (the two files share one expression that decides).
; A method `.cast()` without arguments may belong to another type.

((type_cast_expression
   value: (_) @argument
   type: (pointer_type)) @operation
  (#not-match? @argument "(?s)^\\(?\\s*[-!\\d]|\\bas\\s+(?:[iu](?:\\d+|size)|(?:\\w+::)*u?intptr_t)$|^\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\bas\\s+(?:[iu](?:\\d+|size)|(?:\\w+::)*u?intptr_t)\\s*(?:\\)$|(?:[-+*/%&|^]|<<|>>))|^\\(\\s*[\\w.:]+(?:\\([^()]*\\))?\\s*(?:[-+*/%&|^]|<<|>>)\\s|^[iu](?:\\d+|size)::(?:MAX|MIN)$|\\.(?:addr|expose_provenance|expose_addr|as_usize|as_u64)\\(\\)$"))

((call_expression
   function: [
     (_ value: (_) @argument field: (field_identifier) @name)
     (generic_function function: (_ value: (_) @argument field: (field_identifier) @name))
   ]
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "cast" "cast_mut" "cast_const"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_ref" "from_mut")
  (#match? @operation "^(::)?(\\w+::)*ptr::"))
