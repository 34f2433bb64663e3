"""From a conversation to feedback: moments with the rep's own words, checks answered by them, and one debrief. Pure."""
