"""What the emulator knows of texts: examples, terms, translation, HTML, damage. No HTTP, no S3."""
