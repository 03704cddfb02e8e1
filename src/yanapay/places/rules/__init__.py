"""What the shipped data says and what follows from it. Pure."""
