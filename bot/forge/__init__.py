"""GitHub as values: what it has, what it answers and refuses, and what people may do there."""
