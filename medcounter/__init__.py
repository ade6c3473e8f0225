"""The core: what a resident pays, how long benefits wait, and why.

Rules become an assessment, an assessment becomes a notice, the store keeps
both, and the desk offers everything as plain calls. Imports neither Qt nor
the window.
"""
