"""The customer: their state of mind, which reply an answer was, where the conversation goes. No sound, no disk."""
