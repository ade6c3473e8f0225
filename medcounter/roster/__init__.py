"""Lists of people: reading, checking, assessing in bulk, writing."""

# The word by which the built program starts itself to read a packed table.
READER_WORD = "read-book"
