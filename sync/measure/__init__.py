"""How much work a synchronization saves, measured on what human translators really did."""
