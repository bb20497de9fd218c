; Condition tested in debug builds only
; Tests a condition in debug builds and vanishes in release builds. The reviewer must establish that no unsafe code relies
; on it for its safety.

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#any-of? @name "debug_assert" "debug_assert_eq" "debug_assert_ne"))
