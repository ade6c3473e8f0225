"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "e703d97b64d208b48736a5c704bba3f15988e3cee0f0d3750ae2cae9a238929b"
