"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "194689e3e5b83641fcae7e55f27d37cf69cca3d502de60ec5947abafb41a8b9b"
