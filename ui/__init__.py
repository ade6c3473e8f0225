"""The window: everything drawn with PySide6, and no computation.

Everything here imports relatively and asks :mod:`medcounter.desk` for every
result.
"""
