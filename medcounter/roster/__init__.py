"""Lists of people: read, checked, assessed at once, written out again."""
