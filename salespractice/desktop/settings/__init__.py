"""Where one chooses devices, the speech model and the look, and sees what works on this machine."""
