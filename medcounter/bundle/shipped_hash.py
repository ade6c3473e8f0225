"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "0d67f65e08ff1582456eddaa140d346f5ad5ced0f8f6c7c340d6a522bd7b2d1a"
