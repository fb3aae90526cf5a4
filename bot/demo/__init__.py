"""The demo: a small book, its forks, and what a person is shown of their synchronization."""
