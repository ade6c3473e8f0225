"""Colours, signs and writing: the one place where the window's looks are set."""
