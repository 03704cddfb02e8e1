"""Pages of the duplicates queue."""
