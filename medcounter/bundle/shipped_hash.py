"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "ae6ea045206ed4fc50ecb645b1ef3133bef9f786bdcdf512fef156a8bf1100f0"
