"""What GitHub answers: its own examples, with our state laid over them and every address that of the emulation."""
