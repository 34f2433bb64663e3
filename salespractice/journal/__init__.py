"""What was practised: one SQLite file, and the takes beside it. Nothing in it leaves the machine by itself."""
