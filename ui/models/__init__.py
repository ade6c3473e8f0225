"""Records as tables for Qt views: read-only, typed, no rule of the domain."""
