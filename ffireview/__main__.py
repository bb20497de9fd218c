"""`python -m ffireview`."""

from ffireview.cli import main

main()
