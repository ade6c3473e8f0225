"""The rule language: what policy staff write, and every error on loading it.

Records, sourced values, conditions and inheritance. Reads no file and no
clock; knows nothing of the window.
"""
