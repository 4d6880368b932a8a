"""What readers ask for: a view reads the request, asks a model, renders."""
