"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "355ebbd6cdb4de62d5b6a523b7b85d4fed91ca74af18d65f2d7a8212a68e7c3b"
