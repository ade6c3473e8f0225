"""Parse who a person is from typed text: numbers, dates, names.

Returns values and notes; touches no file and no clock.
"""
