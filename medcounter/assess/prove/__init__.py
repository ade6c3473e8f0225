"""Prove rules before they are used: no gap, no overlap, worked examples right."""
