"""Backup while the site is running, restore into an empty installation."""
