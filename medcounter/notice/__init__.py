"""From an assessment to the notice a resident takes home; no I/O, no Qt."""
