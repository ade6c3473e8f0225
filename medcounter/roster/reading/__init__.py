"""Read a list row by row, and report what is wrong and where."""
