"""The files of the announcements beside a draft, known by their hash."""

# The word by which the built program starts itself to decode a picture.
PICTURE_WORD = "read-picture"
