"""Read a list row by row, and find what is wrong where."""
