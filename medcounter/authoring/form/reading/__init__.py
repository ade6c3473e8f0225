"""What is typed in a field, read as a value of the document or refused."""
