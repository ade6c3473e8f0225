"""Dialogs, each for one question or message; always opened, never executed."""
