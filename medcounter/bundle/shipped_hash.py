"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "cab38fc6ffbc6b3b61ed211b96860eb39ed2abd189f0e6d9fb6ca46a015cf959"
