; Raw pointer to a place
; Takes the address of a place without making a reference. The reviewer must establish that the place outlives the
; pointer, and that computing it (fields, indices, dereferences on the way) stays inside one allocation.

(reference_expression "raw" value: (_) @argument) @operation

((macro_invocation
   macro: [(identifier) @name (_ name: (identifier) @name)]) @operation
  (#any-of? @name "addr_of" "addr_of_mut"))
