"""Reviews in, what people are to establish about sites out; and what they have established, in files of the tree.

`questions/` is data: what is asked of each operation and kind of site. `catalogue` reads it. `evidence/` tells what the
text shows for a question, never an answer. `checklist` joins them: a sheet for each site.
"""

from ffireview.audit.catalogue import catalogue
from ffireview.audit.checklist import checklist, checklist_of_change, questions_of

__all__ = ["catalogue", "checklist", "checklist_of_change", "questions_of"]
