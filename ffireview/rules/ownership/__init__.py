"""Who frees a value, and whether it is still there when a pointer to it is used."""
