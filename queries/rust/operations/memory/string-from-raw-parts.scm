; String made from pointer, length and capacity
; Takes over a buffer as a string. The reviewer must establish what a vector from raw parts needs (same allocator, exact
; capacity, one owner) and also that the bytes are UTF-8.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "from_raw_parts")
  (#match? @operation "^<?(::)?(\\w+::)*String\\b"))
