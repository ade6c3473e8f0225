"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "874dba9174669fd53ccc5d1196e9c3080f78b52b021d77e86ecf99e87b9736f9"
