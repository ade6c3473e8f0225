"""Read what is typed in a field as a value, or refuse it."""
