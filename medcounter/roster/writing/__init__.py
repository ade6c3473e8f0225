"""Write a list back: with its answers, or with its faults marked."""
