"""Review in, text out. One format per module, each with NAME and render; they do not know one another."""
