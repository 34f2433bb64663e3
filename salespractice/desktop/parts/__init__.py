"""The small things that every page is made of: text, cards, buttons, pictures, problems."""
