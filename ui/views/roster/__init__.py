"""A list of people: read, looked at, asked about, issued."""
