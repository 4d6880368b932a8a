"""Stories that come as a table: one row a story, the first line naming the columns."""
