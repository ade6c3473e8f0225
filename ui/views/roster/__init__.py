"""A list of people: opened, checked, confirmed, issued."""
