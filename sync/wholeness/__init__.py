"""What holds the book together: which chapters must go together, and which must wait."""
