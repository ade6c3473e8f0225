"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "1367d9f4171f6832f0c096e1682142b222e26fa8e7fe80bdb745aeb4d8c48641"
