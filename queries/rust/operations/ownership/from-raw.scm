; Owner made from a raw pointer
; Takes ownership of what a pointer names, to be freed when the new owner is dropped. The reviewer must establish that the
; same type's `into_raw` made the pointer (never C's allocator), that this happens once per pointer, and that no other
; access is left.
; Counts for the known owners, and for the kernel's `from_foreign` on any type; other types may have a `from_raw` too.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "from_raw" "from_raw_in")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Rc|Arc|Weak|CString|KBox|VBox|KVBox|ARef|ThinArc|UniquePtr)\\b"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "from_foreign"))
