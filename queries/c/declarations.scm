; Functions by their declarator, wherever pointers or parentheses hide it, and the scopes around them.

(function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters) @declarator
(function_definition body: (_) @body) @definition
(declaration) @declaration
