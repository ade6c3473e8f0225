"""Signed rule bundles: opening, comparing, and the one that ships.

Opens no database; the store keeps what was opened here.
"""
