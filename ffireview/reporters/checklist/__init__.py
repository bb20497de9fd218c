"""Checklists as text for people to fill in: one format per module, unknown to one another."""
