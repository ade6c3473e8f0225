"""The second window, which faces the resident."""
