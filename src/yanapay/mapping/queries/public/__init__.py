"""What anybody may read: the public entries, found, counted and drawn. Nothing here reads any other record."""
