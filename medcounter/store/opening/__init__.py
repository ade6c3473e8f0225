"""Open a data folder: start it, find its key, watch it while it is open."""
