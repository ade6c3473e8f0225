"""Open the table somebody brought, in a process of its own, row after row."""
