"""Lists of people: read, checked, assessed at once, written out again."""

# The word by which the built program starts itself to read a packed table.
READER_WORD = "read-book"
