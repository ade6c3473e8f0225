"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "9b10f9d926ed223c756059a8747ad49f73e791662e3aa9d67fdb7155dea4e3fd"
