"""Where one finds one's practices again."""
