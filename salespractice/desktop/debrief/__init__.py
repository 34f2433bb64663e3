"""Where one looks back at a practice."""
