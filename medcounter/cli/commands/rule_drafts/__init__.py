"""The commands ``authoring …``: rules written, tried, compared and released."""
