; Descriptor ownership crosses a raw number
; Makes an owner or a borrow from a raw descriptor, handle or socket, or gives one up. The reviewer must establish that
; the number is open, that exactly one owner closes it, and that a borrow does not outlive that owner.

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#any-of? @name
    "from_raw_fd" "into_raw_fd" "from_raw_handle" "into_raw_handle" "from_raw_socket" "into_raw_socket"))

((call_expression
   function: [
     (_ name: (identifier) @name)
     (generic_function function: (_ name: (identifier) @name))
   ]
   arguments: (_ . [(line_comment) (block_comment)]* . (_expression)? @argument)) @operation
  (#eq? @name "borrow_raw")
  (#match? @operation "^<?(::)?(\\w+::)*(BorrowedFd|BorrowedHandle|BorrowedSocket)\\b"))

((call_expression
   function: (_ value: (_) @argument field: (field_identifier) @name)
   arguments: (_ "(" . ")")) @operation
  (#any-of? @name "into_raw_fd" "into_raw_handle" "into_raw_socket"))

((arguments
   (_ name: (identifier) @name) @operation)
  (#any-of? @name "into_raw_fd" "into_raw_handle" "into_raw_socket"))
