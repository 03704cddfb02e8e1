"""What the roster computes. Pure."""
