"""How a sheet is written as HTML, piece by piece, and cut into pages."""
