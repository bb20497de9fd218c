; Send or Sync promised by hand
; States that a type may be moved to another thread (`Send`) or used from several at once (`Sync`) although the compiler
; did not conclude it. The reviewer must establish it for every field, raw pointers and foreign handles above all, and
; for every type parameter, which needs a bound of its own.

((impl_item
   "unsafe"
   trait: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)]) @operation
  (#any-of? @name "Send" "Sync"))
