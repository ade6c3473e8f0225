"""Issue notices for a list of people, asked about once and never numbered twice."""
