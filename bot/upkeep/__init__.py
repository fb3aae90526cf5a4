"""A fork kept in step by pull requests."""
