"""How the program looks: its colours, its type and spacing scales, and the style sheet that is made of them."""
