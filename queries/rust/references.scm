; Uses of names that may cross: calls by path, other paths, and types by path.

(call_expression function: (identifier) @path arguments: (arguments) @arguments) @call
(call_expression function: (scoped_identifier) @path arguments: (arguments) @arguments) @call
(call_expression function: (generic_function function: (identifier) @path) arguments: (arguments) @arguments) @call
(call_expression function: (generic_function function: (scoped_identifier) @path) arguments: (arguments) @arguments) @call
(call_expression function: (field_expression field: (field_identifier) @path) arguments: (arguments) @arguments) @method
(call_expression function: (generic_function function: (field_expression field: (field_identifier) @path)) arguments: (arguments) @arguments) @method
(scoped_identifier) @value
(scoped_type_identifier) @type
