"""Widgets that any view may use; none knows a view."""
