"""A day at the counter: its figures, its sheet, and closing it once."""
