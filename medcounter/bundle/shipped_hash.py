"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "14aaa28be69b51cbae78414458270030f64fd45e1b17f0551fad5d6d6fddc360"
