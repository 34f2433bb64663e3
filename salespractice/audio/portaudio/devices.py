"""Which sound devices there are, how one is opened, and what PortAudio means when it refuses.

sounddevice is imported when it is first needed, because the import itself fails where the library or a sound system is
missing. Everything that PortAudio may say becomes a Problem here.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from salespractice.audio.microphone import Device
from salespractice.audio.portaudio.alsa import alsa_fault
from salespractice.problem import Problem

Kind = Literal["input", "output"]
_WORDS = {"input": "microphone", "output": "speaker"}

# PortAudio looks for devices only when it starts, and starting it again would end every open stream.
_streams = threading.Lock()
_open_streams = 0

# PaErrorCode, from portaudio.h.
_DEVICE_UNAVAILABLE = -9985
_INVALID_DEVICE = -9996
_INVALID_SAMPLE_RATE = -9997
_INVALID_CHANNELS = -9998

_ORDINARY_RATES = (48_000, 44_100, 16_000)


def microphones() -> list[Device]:
    """The microphones of this machine, the default one first; none is an empty list.

    Raises:
        Problem: no sound library, or a sound system that does not start.
    """
    return _listed("input")


def speakers() -> list[Device]:
    """The speakers of this machine, the default one first. Otherwise as `microphones`."""
    return _listed("output")


def refresh() -> bool:
    """Look again which devices are connected. Not while a stream is open: then it does nothing and returns False."""
    module = sounddevice()
    with _streams:
        if _open_streams:
            return False
        try:
            # Private names, and yet what its author recommends: there is no other way to make PortAudio look again.
            module._terminate()
            module._initialize()
        except module.PortAudioError as error:
            raise _does_not_start(error) from error
    return True


def find(kind: Kind, key: tuple[str, str] | None) -> tuple[int, Device]:
    """PortAudio's present number for the device remembered by `key` = (host, name); None is the default device.

    Raises:
        Problem: there is none at all, or that one is not connected.
    """
    devices = list(_numbered(kind))
    found = _among(devices, key)
    if found is None and refresh():
        devices = list(_numbered(kind))
        found = _among(devices, key)
    if found is not None:
        return found
    word = _WORDS[kind]
    if not devices:
        way_out = _permission(f"Connect a {word} or a headset, then try again.")
        raise Problem(f"No {word} was found on this machine.", "", way_out)
    if key is None:
        return devices[0]
    others = ", ".join(f"“{device.name}”" for _, device in devices[:3])
    raise Problem(f"The {word} “{key[1]}” is not connected.", "", f"Connect it, or choose another {word}: {others}.")


def open_stream(
    kind: Kind, device: Device, make: Callable[[int, int], Any], channels: Iterable[int]
) -> tuple[Any, int, int]:
    """Start the stream that `make(rate, channels)` gives, at the device's own rate or else at an ordinary one.

    Returns the stream, its rate in Hz and its channels. It counts as open until `close_stream`.

    Raises:
        Problem: the device accepts no rate, or is busy, gone or forbidden.
    """
    global _open_streams
    with _streams:
        _open_streams += 1
    try:
        return _first_accepted(kind, device, make, channels)
    except BaseException:
        with _streams:
            _open_streams -= 1
        raise


def close_stream(stream: Any) -> None:
    """End a stream at once. A device that is gone already is no error."""
    global _open_streams
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
    with _streams:
        _open_streams -= 1


def sounddevice() -> Any:
    """The module sounddevice, with PortAudio running.

    Raises:
        Problem: it is not installed, the PortAudio library is missing, or no sound system starts.
    """
    if "sounddevice" not in sys.modules and (fault := alsa_fault()):
        way_out = "Install it again: sudo apt install --reinstall libasound2-data, and look at ALSA_CONFIG_PATH."
        raise Problem("The sound system does not start.", fault, way_out)
    try:
        import sounddevice as module
    except ImportError as error:
        raise Problem("Sound is not available.", str(error), "Install it: pip install sounddevice") from error
    except OSError as error:
        linux = sys.platform == "linux"
        mend = "sudo apt install libportaudio2" if linux else "pip install --force-reinstall sounddevice"
        why = f"The sound library cannot be used: {error}."
        raise Problem("Sound is not available.", why, f"Install it: {mend}") from error
    except Exception as error:  # it starts PortAudio, whose own error class comes only with it
        raise _does_not_start(error) from error
    return module


def _among(devices: Iterable[tuple[int, Device]], key: tuple[str, str] | None) -> tuple[int, Device] | None:
    for number, device in devices:
        if device.key == key or (key is None and device.is_default):
            return number, device
    return None


def _listed(kind: Kind) -> list[Device]:
    # sorted() is stable, so the sound system's own order stays behind the default.
    return sorted((device for _, device in _numbered(kind)), key=lambda device: not device.is_default)


def _numbered(kind: Kind) -> Iterator[tuple[int, Device]]:
    module = sounddevice()
    hosts = module.query_hostapis()
    chosen = _host_with(kind, hosts)
    for number, found in enumerate(module.query_devices()):
        host = hosts[found["hostapi"]]
        channels = int(found[f"max_{kind}_channels"])
        if channels < 1 or (sys.platform == "win32" and host is not chosen):
            continue
        is_default = chosen is not None and host is chosen and number == chosen[f"default_{kind}_device"]
        yield number, Device(host["name"], found["name"], channels, int(found["default_samplerate"]), is_default)


def _host_with(kind: Kind, hosts: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The sound system to use. Windows shows a device once per system; WASAPI has the full names and low latency."""
    usable = [host for host in hosts if host[f"default_{kind}_device"] >= 0]
    return next((host for host in usable if "WASAPI" in host["name"]), usable[0] if usable else None)


def _first_accepted(
    kind: Kind, device: Device, make: Callable[[int, int], Any], channels: Iterable[int]
) -> tuple[Any, int, int]:
    module = sounddevice()
    refusal: Exception = ValueError("no rate to try")
    for count in channels:
        for rate in dict.fromkeys((device.rate, *_ORDINARY_RATES)):
            try:
                stream = make(rate, count)
                try:
                    stream.start()
                except BaseException:
                    stream.close(ignore_errors=True)
                    raise
                return stream, rate, count
            except (module.PortAudioError, OSError, ValueError) as error:
                refusal = error
            if _code(refusal) != _INVALID_SAMPLE_RATE:
                break
        if _code(refusal) not in (_INVALID_SAMPLE_RATE, _INVALID_CHANNELS):
            break
    raise _refused(kind, device, refusal) from refusal


def _refused(kind: Kind, device: Device, error: Exception) -> Problem:
    word, code = _WORDS[kind], _code(error)
    what = f"The {word} “{device.name}” cannot be opened."
    another = f"choose another {word}"
    if code == _DEVICE_UNAVAILABLE:
        way_out = f"Close programs that use the {word} (calls, browsers), or {another}."
        return Problem(what, "Another program is using it.", way_out)
    if code in (_INVALID_SAMPLE_RATE, _INVALID_CHANNELS):
        # Systems that forbid the microphone answer with this, too.
        why = f"It accepts no usual sample rate ({_said(error)})."
        return Problem(what, why, _permission(f"Close programs that use it, or {another}."))
    if code == _INVALID_DEVICE:
        return Problem(what, "It is no longer connected.", f"Connect it again, or {another}.")
    return Problem(what, _said(error), _permission(f"Look whether it works in another program, or {another}."))


def _permission(way_out: str) -> str:
    where = {
        "darwin": "System Settings, Privacy & Security, Microphone",
        "win32": "Settings, Privacy, Microphone",
    }.get(sys.platform)
    if where is not None:
        return f"{way_out} Look also whether this program may use it: {where}."
    return f"{way_out} Look also whether the sound server is running, and whether you are in the group “audio”."


def _does_not_start(error: Exception) -> Problem:
    way_out = "Look whether other programs can play and record sound."
    return Problem("The sound system does not start.", _said(error), way_out)


def _code(error: Exception) -> int:
    """PortAudio's error code, which is the second argument of its exception; 0 for another exception."""
    return int(error.args[1]) if len(error.args) > 1 and isinstance(error.args[1], int) else 0


def _said(error: Exception) -> str:
    return " ".join(str(error).split())
