"""A day at the counter: its figures, its closes, its sheet."""
