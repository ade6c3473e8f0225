"""Long work that must not block the window: in slices, or in a thread."""
