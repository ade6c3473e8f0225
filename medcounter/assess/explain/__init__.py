"""Say why an answer is as it is, how sure it is, and what would change it."""
