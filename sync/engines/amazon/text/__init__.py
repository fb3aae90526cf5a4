"""Segments as the HTML that the service reads, and back: whole, or not at all. Pure."""
