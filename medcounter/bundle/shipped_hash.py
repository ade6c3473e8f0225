"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "907992ceb3b0d1d549f3498f2431d75564a03e00b81d4adbdb312e3c43f2d242"
