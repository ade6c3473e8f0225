"""The notices that rules were taken from, kept beside the draft by their hash."""

# The word by which the built program starts itself to decode a picture.
PICTURE_WORD = "read-picture"
