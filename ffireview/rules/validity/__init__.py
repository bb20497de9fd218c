"""Values that must be checked before they are what a type says they are."""
