; Element taken without a bounds check
; Reaches into a slice or a string by an index that is not compared with the length. The reviewer must establish the bound
; for every value that the index can have, and for text that it falls between characters.
; Counts with an argument only: `.get_unchecked_mut()` without one is a pin's.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name
    "get_unchecked" "get_unchecked_mut" "split_at_unchecked" "split_at_mut_unchecked"
    "get_disjoint_unchecked_mut"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ (_expression) "," (_expression))) @operation
  (#eq? @name "swap_unchecked"))
