"""The desk's identity, its defaults, and its printing."""
