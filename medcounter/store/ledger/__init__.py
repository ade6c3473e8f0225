"""What is kept of notices, days and people, and how it is found again."""
