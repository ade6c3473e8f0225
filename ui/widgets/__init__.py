"""Widgets shared by all views; none depends on a view."""
