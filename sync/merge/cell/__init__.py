"""Code cells and formulas: what English changed, made in cells whose words may be translated."""
