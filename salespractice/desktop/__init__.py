"""The window: Qt widgets that show what a practice, the journal and the settings say. One folder for each place."""
