"""Values that cross a folder border: frozen structs and enums.

In: nothing. Out: the shapes of facts, programs and reviews. Imports nothing of ours.
"""
