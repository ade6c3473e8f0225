"""Connects a view, its session, its printing and the window."""
