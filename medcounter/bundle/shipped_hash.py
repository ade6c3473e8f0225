"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "e4ffea9f4f9ce3d5fc3fd524a23bc79409c26eaf9f853e0c7f16e3dffed4cb35"
