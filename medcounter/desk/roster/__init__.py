"""Issue notices for a list of people, after one question and never twice."""
