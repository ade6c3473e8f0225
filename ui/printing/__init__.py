"""The notice on paper, in a PDF and in the preview: one way of drawing."""

# The word by which this program is told to be the print process.
PRINT_WORD = "serve-printing"
