"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "da20b5761cac7a6644babb25f5e81566da210e12fbbfb9e1997c205e2cd4b260"
