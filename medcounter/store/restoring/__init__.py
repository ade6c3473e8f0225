"""Restore a backup without reusing a number or losing a void."""
