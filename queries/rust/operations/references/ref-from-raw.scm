; Reference made from a dereference
; Makes a reference to the place, or to a part of the place, that `*` names. For a raw pointer the reviewer must establish
; that it is aligned and not null, that the value is valid, that the lifetime (which nothing bounds) ends before the
; memory does, and that no other reference conflicts meanwhile.
; Spelled `&*x`, `&mut *x`, `&(*x).field`, `&mut (*x)[i]`, it looks the same when `x` is a reference or a smart pointer.
; `.as_ref()` and `.as_mut()` on pointers cannot be told from those of other types and are not given.

((reference_expression
   value: [
     (unary_expression "*" (_) @argument)
     (parenthesized_expression (unary_expression "*" (_) @argument))
   ]) @operation
  (#not-match? @operation "^&\\s*raw\\s"))

((reference_expression
   value: [(field_expression) (index_expression)] @argument) @operation
  (#match? @argument "^\\(\\s*\\*[^()]*(\\([^()]*\\)[^()]*)*\\)(\\s*\\.\\s*\\w+|\\[[^\\]]*\\])+$")
  (#not-match? @operation "^&\\s*raw\\s"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "as_ref_unchecked" "as_mut_unchecked"))
