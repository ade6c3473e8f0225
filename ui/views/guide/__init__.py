"""The first day at a counter: what to set up, left and taken up again."""
