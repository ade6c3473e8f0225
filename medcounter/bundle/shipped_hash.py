"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "6eaa1793492e1513b1b19f03c7889c681ac50899c4af47d5d0dea3bf3815597d"
