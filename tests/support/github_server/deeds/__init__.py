"""What changes the state, whether through the API or by a test: each says what GitHub would tell of it."""
