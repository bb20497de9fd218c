; What items do with names: fields, bindings, conditions, and the stretches that say nothing of it.

(field_expression field: (_) @name) @field
(field_initializer field: (_) @name) @initialiser
(shorthand_field_initializer (identifier) @name) @initialiser
(field_pattern name: (_) @name) @taken

(assignment_expression left: (_) @target) @written
(compound_assignment_expr left: (_) @target) @written
(reference_expression (mutable_specifier) value: (_) @target) @borrowed

(let_declaration pattern: (_) @pattern) @binding
(let_condition pattern: (_) @pattern) @binding
(for_expression pattern: (_) @pattern) @binding
(parameter pattern: (_) @pattern) @binding
(closure_parameters (_) @pattern) @binding
(match_pattern . (_) @pattern) @binding
(field_pattern name: (shorthand_field_identifier) @pattern) @binding
(let_declaration pattern: (identifier) @pattern value: (closure_expression)) @closure
(parameter pattern: (_) @pattern type: (_) @shape) @typed
(lifetime_parameter name: (lifetime) @name) @mark
(label) @mark
(type_parameter name: (_) @name) @generic
(const_parameter name: (_) @name) @generic

(if_expression condition: (_) @condition consequence: (_) @body) @if
(else_clause (_) @body) @otherwise
(while_expression condition: (_) @condition body: (_) @body) @while
(for_expression value: (_) @condition body: (_) @body) @for
(match_expression value: (_) @condition body: (_) @body) @match
(match_arm pattern: (_) @condition value: (_) @body) @arm
(match_pattern condition: (_) @condition) @filter
(let_declaration alternative: (_) @body) @fallback
(let_declaration pattern: (_) @pattern value: (_) @value) @let
(let_condition pattern: (_) @pattern value: (_) @value) @letting
(closure_expression body: (_) @body) @closed
(return_expression) @return
(try_expression) @try

(identifier) @word
(type_identifier) @word
(token_tree) @apart
(token_tree_pattern) @apart
(attribute_item) @apart
(inner_attribute_item) @apart
(lifetime) @apart
(label) @apart
(use_declaration) @apart
(macro_invocation macro: (_) @apart)
(function_item name: (_) @apart)
(function_signature_item name: (_) @apart)
(const_item name: (_) @apart)
(static_item name: (_) @apart)
(struct_item name: (_) @apart)
(union_item name: (_) @apart)
(enum_item name: (_) @apart)
(enum_variant name: (_) @apart)
(trait_item name: (_) @apart)
(type_item name: (_) @apart)
(associated_type name: (_) @apart)
(mod_item name: (_) @apart)
(macro_definition name: (_) @apart)
(type_binding name: (_) @apart)
