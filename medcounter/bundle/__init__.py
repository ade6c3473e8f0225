"""A signed file of rules: opened, compared with another, shipped.

Opens no database: what was opened here is kept by the store.
"""
