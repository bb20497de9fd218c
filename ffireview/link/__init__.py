"""Facts of all files in, one program out: which names meet, and what only the whole tree can tell."""
