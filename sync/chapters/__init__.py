"""Which chapters there are on both sides, and what became of those that were renamed, split or moved."""
