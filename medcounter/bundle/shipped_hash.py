"""Hash of the bundle that ships; written by packaging/build_bundle.py."""

SHIPPED_SHA256 = "0000000000000000000000000000000000000000000000000000000000000000"
