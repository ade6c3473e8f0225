"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "e578c4ae0b4aef50f24861ec7f8e3bfd0623123f6eda9911fa4b811e37458a8e"
