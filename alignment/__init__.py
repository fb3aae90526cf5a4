"""What corresponds to what: pure functions on text, no input or output."""
