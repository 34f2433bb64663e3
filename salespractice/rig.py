"""What a practice runs on: the ears, the mouth, the understanding and the memory, put together in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from salespractice.answering import PATIENCE, TurnTaking
from salespractice.audio.microphone import Microphone
from salespractice.audio.speaker import Speaker
from salespractice.coaching.constructs import Constructs
from salespractice.journal.journal import Journal
from salespractice.language.act_reader import ActReader, load_weights
from salespractice.language.embedding import MiniLM
from salespractice.language.exchange_reader import ExchangeReader, load_exchange_weights
from salespractice.language.glossary import Glossary
from salespractice.language.uptake import load_uptake
from salespractice.places import Places, shipped
from salespractice.roleplay.likeness import LearnedLikeness, load_likeness
from salespractice.roleplay.matching import Matcher
from salespractice.scenario.model import Scenario
from salespractice.settings import Settings
from salespractice.transcription.models import find_model
from salespractice.transcription.transcriber import Transcriber, WhisperTranscriber

LIKENESS = shipped("assets") / "language" / "likeness.json"
ACT_WEIGHTS = shipped("assets") / "acts" / "weights.npz"
EXCHANGE_WEIGHTS = shipped("assets") / "exchanges" / "weights.npz"
UPTAKE = shipped("assets") / "exchanges" / "uptake.json"


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything a practice needs. Without a microphone it takes typed answers only."""

    matcher: Matcher
    transcriber: Transcriber
    speaker: Speaker
    journal: Journal
    places: Places
    microphone: Microphone | None = None


def microphone_of(settings: Settings) -> Microphone:
    """The chosen microphone where it is plugged in, else the system's. Raises `Problem` where there is no sound."""
    from salespractice.audio.portaudio import PortAudioMicrophone, microphones

    return PortAudioMicrophone(next((one for one in microphones() if one.key == settings.microphone), None))


def speaker_of(settings: Settings) -> Speaker:
    """The chosen speaker where it is plugged in, else the system's. Raises `Problem` where there is no sound."""
    from salespractice.audio.portaudio import PortAudioSpeaker, speakers

    return PortAudioSpeaker(next((one for one in speakers() if one.key == settings.speaker), None))


def turn_taking_of(settings: Settings, scenario: Scenario) -> TurnTaking:
    """How turns change: the person's patience comes before the scenario's, and that before the usual one."""
    patience = settings.patience or scenario.customer.waits or PATIENCE
    return TurnTaking(settings.hands_free, patience, settings.may_interrupt)


def spelling_of(scenario: Scenario) -> Glossary:
    """How the scenario's names are spelled. Only English has a list of ordinary words to tell them from."""
    ordinary = _ordinary_words().__contains__ if scenario.language == "en" else _any
    return Glossary(scenario.glossary, ordinary, scenario.model_dump_json(exclude={"glossary"}))


@cache
def _ordinary_words() -> frozenset[str]:
    """The whole words among the word pieces of the language model: the 20,000 commonest."""
    pieces = (shipped("assets") / "language" / "vocab.txt").read_text(encoding="utf-8").split()
    return frozenset(piece for piece in pieces if piece.isalpha())


def _any(_: str) -> bool:
    return True


def open_transcriber(settings: Settings) -> WhisperTranscriber:
    """The chosen Whisper model in its own process, starting to load. Raises `Problem` where the model is missing."""
    transcriber = WhisperTranscriber(find_model(settings.model, settings.model_file))
    transcriber.start()
    return transcriber


def open_embedder() -> MiniLM:
    """The meaning of sentences; loads its model when first used."""
    return MiniLM(shipped("assets") / "language" / "vocab.txt")


def open_act_reader(embedder: MiniLM | None = None) -> ActReader:
    """Recognises what a sentence does."""
    return ActReader(embedder or open_embedder(), load_weights(ACT_WEIGHTS))


def open_constructs(embedder: MiniLM | None = None) -> Constructs:
    """Reads what an answer shows of what the feedback stands on."""
    embedder = embedder or open_embedder()
    acts = open_act_reader(embedder)
    exchanges = ExchangeReader(embedder, acts, load_exchange_weights(EXCHANGE_WEIGHTS))
    return Constructs(embedder, acts, exchanges, load_uptake(UPTAKE))


def open_matcher(embedder: MiniLM | None = None, learned: LearnedLikeness | None = None) -> Matcher:
    """Understanding of answers; loads its model when first used, or by `Matcher.load`."""
    embedder = embedder or open_embedder()
    return Matcher(embedder, open_act_reader(embedder), learned or load_likeness(LIKENESS))
