"""Render a sheet as HTML pieces and break it into pages."""
