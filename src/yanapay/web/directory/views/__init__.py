"""Pages of the directory: parse, check access, call one query or one action, render."""
