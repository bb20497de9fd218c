"""What is wrong with the comments that suppress findings. `check` is asked with such a comment, judged."""
