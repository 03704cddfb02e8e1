"""What changes the directory. One module per noun; each function is one business event."""
