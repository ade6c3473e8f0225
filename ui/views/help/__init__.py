"""What the field at hand takes, every key, the manual, and who made the program."""
