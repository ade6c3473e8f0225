"""Show the counter in a window: what PySide6 draws, and nothing that computes.

Everything here imports relatively and asks :mod:`medcounter.desk` for every
answer.
"""
