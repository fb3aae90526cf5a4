"""Git: what is read from a repository, and what may be written to it."""
