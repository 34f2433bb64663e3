"""Understanding words: transcripts, sentences, their meaning, and what kind of act a sentence is."""
