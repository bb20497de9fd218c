; Content taken without looking
; Takes what an `Option` or a `Result` holds without asking whether it does. The reviewer must establish that the other
; variant cannot be there.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "unwrap_unchecked" "unwrap_err_unchecked"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "unwrap_unchecked" "unwrap_err_unchecked"))
