"""Bringing an archive here: WordPress exports, tables of articles. Each item comes once, and a report names every one."""
