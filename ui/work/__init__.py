"""Work that does not stop the window: in slices, or beside it."""
