"""The forms of the directory. They parse and explain; the actions decide."""
