; Memory declared initialised
; Takes memory as a value of its type. The reviewer must establish that all of it was written on this path, the error
; paths of a foreign call included, and that what was written is a valid value.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)) @operation
  (#any-of? @name "assume_init" "assume_init_ref" "assume_init_mut" "assume_init_read" "assume_init_drop"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "assume_init" "assume_init_ref" "assume_init_mut" "assume_init_read" "assume_init_drop" "array_assume_init"
    "slice_assume_init_ref" "slice_assume_init_mut"))
