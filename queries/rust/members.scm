; The parts of type definitions and constants.

(field_declaration name: (_) @name type: (_) @type) @member
(ordered_field_declaration_list type: (_) @type) @unnamed
(enum_variant name: (_) @name) @variant
(struct_item body: (_) @body) @bodied
(enum_item body: (_) @body) @bodied
(const_item value: (_) @body) @bodied
(static_item value: (_) @body) @bodied
(type_item type: (_) @body) @bodied
