"""Bringing an archive here: WordPress exports, tables of articles. Each item comes once, and the report names every one."""
