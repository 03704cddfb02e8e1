"""The pages that anybody reads."""
