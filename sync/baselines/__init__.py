"""Which English each chapter was translated from: what is recorded, what fits best, and writing it down."""
