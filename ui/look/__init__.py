"""Colours, icons and fonts; the only place that sets the window's appearance."""
