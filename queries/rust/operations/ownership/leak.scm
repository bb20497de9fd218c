; Owner given up for a reference
; Keeps the memory alive for good and returns a reference to it. The reviewer must establish that this is wanted (how
; often it runs, how much it holds) or where the memory is taken back.
; A method `.leak()` without arguments may belong to another type.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "leak")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Vec|String|CString|KBox|VBox|KVBox)\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#eq? @name "leak"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#eq? @name "leak")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Vec|String|CString|KBox|VBox|KVBox)\\b"))
