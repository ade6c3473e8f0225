"""The notice on paper, in a PDF and in the preview: one way of drawing."""
