"""Files and chunks made byte by byte, where FFmpeg has no muxer: DSF, DSDIFF, AIFC, RIFF lists."""

from __future__ import annotations

import struct

import numpy as np

_RATE_HZ = 2822400
_BLOCK_BYTES = 4096  # of a DSF channel


def _noise(n_bytes, *, seed):
    return np.random.default_rng(seed).integers(0, 256, n_bytes, np.uint8).tobytes()


def dsf(*, n_blocks=4, seed=0):
    """Return a mono DSF file without metadata (Sony, "DSF File Format Specification" 1.01)."""
    data = _noise(n_blocks * _BLOCK_BYTES, seed=seed)
    n_samples = 8 * len(data)
    fmt = struct.pack("<IIIIIIQII", 1, 0, 1, 1, _RATE_HZ, 1, n_samples, _BLOCK_BYTES, 0)
    body = b"fmt " + struct.pack("<Q", 12 + len(fmt)) + fmt
    body += b"data" + struct.pack("<Q", 12 + len(data)) + data
    return b"DSD " + struct.pack("<QQQ", 28, 28 + len(body), 0) + body


def dff(*, n_bytes=16_384, seed=0):
    """Return a stereo DSDIFF file (Philips, "DSDIFF File Format Specification" 1.5)."""

    def chunk(name, payload):
        return name + struct.pack(">Q", len(payload)) + payload + bytes(len(payload) % 2)

    sound = b"SND " + chunk(b"FS  ", struct.pack(">I", _RATE_HZ))
    sound += chunk(b"CHNL", struct.pack(">H", 2) + b"SLFTSRGT")
    sound += chunk(b"CMPR", b"DSD \x0enot compressed")
    body = b"DSD " + chunk(b"FVER", b"\1\5\0\0") + chunk(b"PROP", sound)
    return chunk(b"FRM8", body + chunk(b"DSD ", _noise(n_bytes, seed=seed)))


def aifc(aiff):
    """Return an AIFF file as AIFC: COMM with a compression type, and FVER (Apple 1991)."""
    at = aiff.index(b"COMM")
    common = aiff[at + 8 : at + 26] + b"NONE\x0enot compressed\0"
    body = b"AIFCFVER" + struct.pack(">II", 4, 0xA2805140)
    body += b"COMM" + struct.pack(">I", len(common)) + common + aiff[at + 26 :]
    return b"FORM" + struct.pack(">I", len(body)) + body


def riff_chunk(name, payload):
    """Return a chunk of RIFF."""
    return name + struct.pack("<I", len(payload)) + payload + bytes(len(payload) % 2)


def info(**texts):
    """Return a list of INFO with the texts given as bytes, in their order."""
    body = b"".join(riff_chunk(name.encode(), text) for name, text in texts.items())
    return riff_chunk(b"LIST", b"INFO" + body)


def riff_with(wav, *chunks):
    """Return a WAV file with more chunks at its end."""
    body = wav[8:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunks(wav):
    """Return name and payload of each chunk of a WAV file whose sizes must fill it exactly."""
    assert wav[:4] == b"RIFF"
    assert int.from_bytes(wav[4:8], "little") == len(wav) - 8
    found, at = [], 12
    while at < len(wav):
        size = int.from_bytes(wav[at + 4 : at + 8], "little")
        found.append((wav[at : at + 4], wav[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    assert at == len(wav)
    return found
