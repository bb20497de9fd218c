; Functions by their declarator, wherever pointers or parentheses hide it, and the scopes around them.

(function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters) @declarator
(function_declarator declarator: (field_identifier) @name parameters: (parameter_list) @parameters) @declarator
(function_declarator declarator: (qualified_identifier) @name parameters: (parameter_list) @parameters) @declarator
(function_definition body: (_) @body) @definition
(declaration) @declaration
(field_declaration) @declaration
(linkage_specification value: (_) @language body: (_) @body) @linkage
(namespace_definition name: (_) @name body: (_) @body) @namespace
(class_specifier name: (_) @name body: (_) @body) @class
(struct_specifier name: (_) @name body: (_) @body) @class
