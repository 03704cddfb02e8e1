"""Reading for linkage: the rows, what is worth comparing, how alike the pairs are, the queue."""
