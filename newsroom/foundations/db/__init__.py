"""How the database is asked, where the ORM alone would cost too much or promise too little."""
