"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "6bccb10e0156542d67e16d00455665ccbca1a67d1eb94ccc66738d6c281d6e21"
