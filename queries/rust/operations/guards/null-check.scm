; Pointer compared with null
; Asks whether a pointer is null. The reviewer must establish that the check stands before the use, covers the pointer that
; is used, and that null is the way this source reports failure.
; A method `.is_null()` may belong to another type, such as a JSON value. Comparisons written with `==` are not given.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#eq? @name "is_null"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "new")
  (#match? @operation "^<?(::)?(\\w+::)*NonNull\\b"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#eq? @name "new")
  (#match? @operation "^<?(::)?(\\w+::)*NonNull\\b"))
