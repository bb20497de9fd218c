; Assembly at file level
; Adds assembly to the object file, outside of any function. The reviewer must establish which symbols it defines, who
; calls them by which convention, and that their declarations in Rust agree.

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#eq? @name "global_asm"))
