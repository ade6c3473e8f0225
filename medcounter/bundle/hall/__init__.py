"""Rules that a hall made: the file that two sign, and its proof over an office's rules."""
