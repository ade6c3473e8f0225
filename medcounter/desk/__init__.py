"""The application layer: everything a counter can do, without a screen.

The window and the command line both work through
:class:`medcounter.desk.desk.Desk`; neither bypasses it.
"""
