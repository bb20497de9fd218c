; Pin made or opened without a check
; Makes a pin, or reaches through one, on the promise that the value does not move. The reviewer must establish that
; nothing moves the value out or swaps it until it is dropped, and that projected fields are pinned consistently.
; `.get_unchecked_mut()` counts here when it has no argument; with one it is a slice's.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "new_unchecked" "into_inner_unchecked" "get_unchecked_mut" "map_unchecked" "map_unchecked_mut")
  (#match? @operation "^<?(::)?(\\w+::)*Pin\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "map_unchecked" "map_unchecked_mut"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#eq? @name "get_unchecked_mut"))
