"""What becomes of a row."""

NEW, CHANGED, UNCHANGED, CONFLICT, REJECTED = range(5)
NAMES = {NEW: "created", CHANGED: "changed", UNCHANGED: "unchanged", CONFLICT: "conflicts"}
