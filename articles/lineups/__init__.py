"""What stands on the front page, and where."""
