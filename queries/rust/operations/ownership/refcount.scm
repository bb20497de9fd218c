; Reference count changed by hand
; Adds to or takes from a shared owner's count through a raw pointer. The reviewer must establish that the pointer came
; from `into_raw` of the same type and that every increment has one decrement on every path.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "increment_strong_count" "decrement_strong_count" "increment_strong_count_in" "decrement_strong_count_in"))
