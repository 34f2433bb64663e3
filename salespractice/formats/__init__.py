"""What the program writes for others to read: pages, plain text, JSON; later other programs' files."""
