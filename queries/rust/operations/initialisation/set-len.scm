; Length set without writing elements
; Declares that a vector holds so many elements. The reviewer must establish that the length is within the capacity, that
; the elements up to it are initialised on every path including errors, and that those cut off are not lost.
; `.set_len(x)` is also how files are resized; receivers that end in `file` are left out. `inc_len` is the kernel's.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "set_len" "inc_len")
  (#not-match? @argument "(?i)file(\\(\\))?$"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "set_len")
  (#match? @operation "^<?(::)?(\\w+::)*(Vec|String|SmallVec|ArrayVec|KVec|VVec|KVVec)\\b"))
