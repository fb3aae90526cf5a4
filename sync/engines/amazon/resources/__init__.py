"""Parallel data and glossary as the service has them: brought once for each change."""
