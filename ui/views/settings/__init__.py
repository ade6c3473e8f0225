"""Who this desk is, what it begins with, and how it prints."""
