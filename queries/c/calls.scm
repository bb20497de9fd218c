; Direct calls by name.

(call_expression function: (identifier) @name arguments: (argument_list) @arguments) @call
