"""Pages about users, roles, the own profile and tokens."""
