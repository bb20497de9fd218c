; Character made from an unchecked number
; Takes a number as a character without looking at it. The reviewer must establish, for every value that can arrive, that
; it is at most 0x10FFFF and no surrogate (0xD800 to 0xDFFF).

((call_expression
   function: [
     (identifier) @name
     (_ name: (identifier) @name)
     (generic_function function: [(identifier) @name (_ name: (identifier) @name)])
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "from_u32_unchecked"))
