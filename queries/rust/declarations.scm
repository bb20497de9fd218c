; Items that declare a name or open a scope. The outer capture names the kind of item.

(function_item name: (_) @name parameters: (parameters) @parameters body: (block) @body) @function
(function_signature_item name: (_) @name parameters: (parameters) @parameters) @function
(impl_item body: (declaration_list) @body) @impl
(trait_item name: (_) @name body: (declaration_list) @body) @trait
(mod_item name: (_) @name body: (declaration_list) @body) @module
(mod_item name: (_) @name !body) @elsewhere
(foreign_mod_item body: (declaration_list) @body) @extern
(static_item name: (_) @name) @static
(const_item name: (_) @name) @const
(union_item name: (_) @name body: (_) @body) @union
(struct_item name: (_) @name) @struct
(enum_item name: (_) @name) @enum
(type_item name: (_) @name) @alias
(associated_type name: (_) @name) @associated
(use_declaration argument: (_) @name) @use
(macro_definition name: (_) @name) @macro
