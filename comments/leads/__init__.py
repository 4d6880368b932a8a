"""“Spotted an error?”: the form by which readers tell the desk of one, without an account and without a public word."""
