"""Microphone, speaker, crash-safe recording and voice activity: everything between the air and an array of samples."""
