"""Write a list again: its answers, or its faults marked cell by cell."""
