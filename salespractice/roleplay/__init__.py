"""The customer: their state of mind, which reply an answer was, and where the conversation goes. Pure: no sound, no disk."""
