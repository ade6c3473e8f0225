"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "50bf9c5e734d3ecc5453067569689df7c6a1451a7ee546f91ded1e3244b843da"
