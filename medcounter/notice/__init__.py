"""The notice a resident takes home, composed from an assessment; no I/O, no Qt."""
