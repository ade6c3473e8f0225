"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "474de433935fc14e2e116b67de0b991f2c345986f92b55d4e4dfc39a2173d5ef"
