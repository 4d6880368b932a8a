"""What readers ask for of articles: their pages, lists, feeds and maps. Read-only."""
