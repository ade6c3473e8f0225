"""Puts notices, sheets and pictures on paper, or into a PDF."""
