"""What is read from the directory across models."""
