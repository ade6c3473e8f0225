"""All that a counter can do, as plain calls without a screen.

The window and the command line both work through
:class:`medcounter.desk.desk.Desk`; neither reaches past it.
"""
