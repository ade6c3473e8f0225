"""The edges of the window: what stands around every view."""
