"""Keeping the site running: what the clock does, and whether all is well."""
