; Places that are sites by themselves, and token trees that may hide some.

(unsafe_block) @block
(macro_invocation macro: (_) @name (token_tree) @tokens) @invocation
(macro_rule left: (_) @pattern right: (token_tree) @tokens) @rule
(inner_attribute_item) @lint
