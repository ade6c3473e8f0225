"""Read who a person is from what was typed: numbers, dates, names.

Answers with values and notes; never touches a file or a clock.
"""
