; Owner turned into a raw pointer
; Gives up ownership and leaves a pointer that nobody frees. The reviewer must establish who takes it back, by which
; function, and that this happens once on every path, errors included.
; The method forms `.into_raw()` and `.into_foreign()` count for any type, as do paths passed as values (`.map(Box::into_raw)`).

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "into_raw" "into_raw_with_allocator" "into_raw_parts")
  (#match? @operation "^<?(::)?(\\w+::)*(Box|Rc|Arc|Weak|CString|KBox|VBox|KVBox|ARef|ThinArc|UniquePtr|Vec|String)\\b"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "into_foreign"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "into_raw" "into_raw_parts" "into_foreign"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#any-of? @name "into_raw" "into_foreign"))
