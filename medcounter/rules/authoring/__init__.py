"""What an author of rules is told: names, blanks, slips, and the schema."""
