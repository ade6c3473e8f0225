"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "50beb3169d5328b67bfb8099005d9c4dee1fd4819ef85ca31e9da1c486926c89"
