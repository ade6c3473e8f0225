"""The connection to the open database, and whether its file is still in place."""
