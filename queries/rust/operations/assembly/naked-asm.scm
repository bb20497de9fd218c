; Function body in assembly alone
; Is the whole body of a naked function: no prologue, no epilogue. The reviewer must establish that the instructions
; follow the declared calling convention, return, and keep the registers that the caller expects kept.

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#eq? @name "naked_asm"))
