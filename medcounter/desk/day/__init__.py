"""A day at the counter: its figures, its sheet, and its close."""
