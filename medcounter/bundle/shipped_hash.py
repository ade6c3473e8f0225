"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "bb4dd2a6ea4793ccbaf85a9eda25211d0f6f7026da219fcb1bf647c15d0aa8cc"
