"""What simulated reps say beside the point: nothing to do with selling, in English, and hardly anything at all."""

from __future__ import annotations

SILENCE = ("", "", "mm", "Mm-hm.")
OFF_TOPIC = (
    "My grandmother plays the piano on Sundays.",
    "Did you see the football last night?",
    "I had the best lasagne of my life in Bologna.",
    "The cat has been asleep on the keyboard since seven.",
    "It never stops raining in November, does it?",
    "My sister is learning to play the trombone.",
    "I think there is a wasp in this room.",
    "We painted the fence green in the end.",
    "Penguins can stay under water for twenty minutes.",
    "Hold on, somebody is at the door with a pizza.",
    "The moon was enormous yesterday evening.",
    "I still have to buy a birthday cake for my nephew.",
)

_A_SUMMER = (
    "I was saying to my wife only yesterday how quickly the summer went by. We had planned to drive to the coast with "
    "the children, all five of us in that little car. Then the weather turned, so we ended up in the garden with an "
    "umbrella. The neighbours laughed at us, and fair play to them. It was good fun in the end, though. The little one "
    "learned to ride a bicycle that weekend, up and down the lane until it was dark. I still have the film of it on my "
    "phone somewhere. Sorry, I do go on a bit, don't I. My old teacher always said that I would be late for my own "
    "wedding, and he was right about that as well, as it turned out."
)

SMALL_TALK = (
    (
        "Well, hello, and good morning again, I only just sat down with my coffee. The trains were dreadful.",
        "Anyway, that's that. My dog sends his regards, by the way, he is lying under the desk as usual.",
    ),
    (
        "So, yes, where do I begin. It was one of those mornings, you know how it is.",
        "And it's Friday at last, so there is that. The sun is supposed to come out tomorrow.",
    ),
    ("Right, okay, let me think out loud for a second here.", _A_SUMMER),
    (
        "Sorry, my headset was playing up for a moment there, it does that when it is warm. Much better now.",
        "I hope you can hear me. There is a lorry reversing outside.",
    ),
    ("Ha, well, you know me. I never say no to a chat.", "That's what my uncle always says, and he is ninety-one."),
)
"""What comes before the point, and what comes after it; the third makes the answer longer than anybody likes."""
