"""The rule language: what policy staff write, and every refusal at load.

Records, sourced values, conditions, inheritance and proof. Reads no file and
asks no clock; knows nothing of windows on a screen.
"""
