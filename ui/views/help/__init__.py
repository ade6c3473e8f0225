"""Help for the current field, every key, the manual, the about box."""
