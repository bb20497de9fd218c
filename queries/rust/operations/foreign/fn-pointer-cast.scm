; Function cast to an unsafe or foreign function pointer
; Gives a function the type of a pointer that foreign code, or unsafe code, can call. The reviewer must establish that
; calling convention, parameters and return type are those that the caller uses, and that a panic does not leave it.
; A cast to a plain `fn(..)` is not given; a `transmute` to a function pointer is an operation of its own.

(type_cast_expression
  value: (_) @argument
  type: (function_type (function_modifiers))) @operation
