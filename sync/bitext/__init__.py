"""What is known from before: sentence pairs to learn from."""
