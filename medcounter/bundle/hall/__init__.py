"""Rules that a hall made: the file that two sign, and how it is proven."""
