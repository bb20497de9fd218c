; Dereference with `*`
; Reads or writes the place that an expression points to. For a raw pointer the reviewer must establish that it is not
; null, is aligned, points into live memory of that type, and that no reference forbids this access.
; No query can tell a raw pointer from a reference or a smart pointer, so every `*expr` is given here and the extractor
; keeps those that stand in unsafe code.

(unary_expression "*" (_) @argument) @operation
