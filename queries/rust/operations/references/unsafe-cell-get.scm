; Content of a cell reached through its pointer
; Dereferences what `.get()` without arguments returns, which is how the content of an `UnsafeCell` is reached. The
; reviewer must establish that no other access happens meanwhile, from this thread or another, that conflicts with it.
; The type is not visible: another type's `.get()` that returns a reference looks the same.

((unary_expression "*"
   (call_expression
     function: (_ value: (_) @argument field: (field_identifier) @name)
     arguments: (_ "(" . ")"))) @operation
  (#eq? @name "get"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "raw_get")
  (#match? @operation "^<?(::)?(\\w+::)*(UnsafeCell|SyncUnsafeCell)\\b"))
