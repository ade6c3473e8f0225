"""Authenticity and integrity: all cryptography is in this package.

Signed envelopes, roots, keys and key slots, chain codes. Knows no rule, no
notice and no database.
"""
