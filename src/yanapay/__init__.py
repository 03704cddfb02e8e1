"""Yanapay: the working system of organisations that help small enterprises."""

__version__ = "0.1.0"
