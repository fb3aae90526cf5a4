"""An emulator of Amazon Translate: HTTP outside, the embedded engine inside."""
