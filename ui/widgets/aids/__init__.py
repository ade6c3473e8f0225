"""What helps to fill a field: a calendar, steps."""
