; Arithmetic without an overflow check
; Computes on the promise that the result fits. The reviewer must establish the range of both operands, for a shift the
; width, for a conversion from floating point that the number is finite and in range.

((call_expression
   function: [
     (_ value: (_) @argument field: (field_identifier) @name)
     (generic_function function: (_ value: (_) @argument field: (field_identifier) @name))
   ]) @operation
  (#any-of? @name
    "unchecked_add" "unchecked_sub" "unchecked_mul" "unchecked_div" "unchecked_rem" "unchecked_neg"
    "unchecked_shl" "unchecked_shr" "unchecked_div_exact" "unchecked_shl_exact" "unchecked_shr_exact"
    "unchecked_disjoint_bitor" "to_int_unchecked"))

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "unchecked_add" "unchecked_sub" "unchecked_mul" "unchecked_div" "unchecked_rem" "unchecked_neg"
    "unchecked_shl" "unchecked_shr"))
