"""The second window, turned to the resident."""
