"""How far the feedback can be trusted."""
