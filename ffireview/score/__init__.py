"""Program in, scores out: points from a table, each with its reason and place."""
