; Destructor under manual control
; Wraps a value so that its destructor does not run, or takes it out or drops it by hand. The reviewer must establish that
; each wrapped value is taken or dropped at most once, and on which paths it is never dropped at all.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name "new" "take" "drop" "into_inner")
  (#match? @operation "^<?(::)?(\\w+::)*ManuallyDrop\\b"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#any-of? @name "new" "into_inner")
  (#match? @operation "^<?(::)?(\\w+::)*ManuallyDrop\\b"))
