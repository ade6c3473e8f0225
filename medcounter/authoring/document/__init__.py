"""The document of a draft: reached by path, and laid out in one way."""
