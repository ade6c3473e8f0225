"""Say who made a thing and whether it was changed: all cryptography is here.

Signed envelopes, roots, keys and key slots, chain codes. Knows no rule, no
notice and no database.
"""
