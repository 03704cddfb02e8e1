"""What of the quality record is computed from values alone."""
