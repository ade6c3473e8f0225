"""Prove rules before activation: no gap, no overlap, worked examples correct."""
