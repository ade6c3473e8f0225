"""Open a table file in a separate process and read it row by row."""
