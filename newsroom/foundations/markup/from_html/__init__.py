"""HTML of others → Markdown of ours: what an archive's importer and the clipboard's reader share. Knows no models.

A text's way: cleaned into a small tree (soup), settled by who knows where it comes from (`pasted`, or an importer),
and only then written (writing), each piece of text made literal (literal).
"""
