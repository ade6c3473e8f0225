"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "985d2d551fcfed49fc4dfb674b0cf1817f25703f3fad17437f187c604c8e345a"
