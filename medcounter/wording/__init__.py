"""Say in Chinese what rules, doubts and differences are, for all who show it."""
