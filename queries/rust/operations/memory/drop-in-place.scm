; Destructor run through a pointer
; Runs the destructor of the value behind a pointer and leaves the memory where it is. The reviewer must establish that
; the value is initialised, is dropped once, and that nobody reads it afterwards.

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "drop_in_place"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#eq? @name "drop_in_place"))
