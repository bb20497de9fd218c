; Inline assembly
; Runs machine instructions within a function. The reviewer must establish that operands, clobbers and options state all
; that the instructions read, write and preserve, on every architecture that the code is built for.

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#any-of? @name "asm" "llvm_asm"))
