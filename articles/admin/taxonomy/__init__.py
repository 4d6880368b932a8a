"""Sections, tags and contributors: what articles are filed under."""
