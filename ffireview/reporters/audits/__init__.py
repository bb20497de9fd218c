"""Ledgers as text: for a person, and for programs that collect declarations of many tools."""
