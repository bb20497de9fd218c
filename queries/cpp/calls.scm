; Direct calls by name, plain or through namespaces and objects.

(call_expression function: (identifier) @name arguments: (argument_list) @arguments) @call
(call_expression function: (qualified_identifier name: (identifier) @name) arguments: (argument_list) @arguments) @call
(call_expression function: (field_expression field: (field_identifier) @name) arguments: (argument_list) @arguments) @call
