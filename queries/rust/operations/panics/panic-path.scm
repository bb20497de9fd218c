; Statement that can panic
; Panics on some condition, or always. The reviewer must establish that the panic cannot leave a function that foreign code
; calls, and cannot interrupt unsafe code while a value is duplicated or half written.
; Indexing, arithmetic and allocation can panic too and are not given. An assertion in a `const` block runs when it is
; built. A method `.expect(x)` with one argument may belong to another type, such as a parser.

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "unwrap" "unwrap_err"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression) . [(line_comment) (block_comment)]* .)) @operation
  (#any-of? @name "expect" "expect_err"))

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#any-of? @name "panic" "assert" "assert_eq" "assert_ne" "unreachable" "todo" "unimplemented"))
