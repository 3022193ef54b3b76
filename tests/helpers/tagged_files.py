"""Files in every state of tagging that matters, made by plain mutagen; short and encoded once."""

from __future__ import annotations

import functools
import re
import shutil
import struct
import tempfile
from pathlib import Path

import mutagen
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.asf import ASF, ASFByteArrayAttribute, ASFQWordAttribute, ASFUnicodeAttribute
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, COMM, ID3, TALB, TCON, TIT2, TPE1, TXXX, TYER, UFID
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from tests.helpers import raw_files
from tests.helpers.samples import encode

_PICTURE = bytes(range(256)) * 40
_HANDMADE = {
    ".dsf": raw_files.dsf,
    ".dff": raw_files.dff,
    ".aifc": lambda: raw_files.aifc(_encoded(".aiff")),
}
_ID3_SUFFIXES = (".mp3", ".tta", ".wav", ".aiff", ".aifc", ".dsf", ".dff")


@functools.cache
def _encoded(suffix, options=()):
    if suffix in _HANDMADE:
        return _HANDMADE[suffix]()
    with tempfile.TemporaryDirectory(prefix="genretagger-samples-") as folder:
        path = Path(folder, f"sample{suffix}")
        return encode(path, seconds=0.4, noise=0.3, options=dict(options)).read_bytes()


def fresh(path, **options):
    """Write a sample without genre of the kind that the suffix names; return its path."""
    path.write_bytes(_encoded(path.suffix, tuple(options.items())))
    return path


def _id3_frames(version):
    tag = ID3()
    tag.add(TIT2(encoding=1, text=["Título"]))
    tag.add(TPE1(encoding=0, text=["One", "Two"]))
    tag.add(TALB(encoding=0, text=["Album"]))
    tag.add(COMM(encoding=0, lang="eng", desc="", text=["a comment"]))
    tag.add(COMM(encoding=0, lang="deu", desc="x", text=["ein Kommentar"]))
    tag.add(TXXX(encoding=0, desc="MOOD", text=["calm"]))
    tag.add(UFID(owner="http://musicbrainz.org", data=b"1234"))
    tag.add(APIC(encoding=0, mime="image/png", type=3, desc="", data=_PICTURE))
    if version == 3:
        tag.add(TYER(encoding=0, text=["1999"]))
    return tag


def _v1(genre):
    fields = [b"Title", b"Artist", b"Album"]
    return (
        b"TAG" + b"".join(f.ljust(30, b"\0") for f in fields) + b"1999" + b" " * 30 + bytes([genre])
    )


def id3(path, *, version=None, genre=None, v1=None, padding=None):
    fresh(path)
    if version:
        tag = _id3_frames(version)
        if genre is not None:
            texts = [genre] if isinstance(genre, str) else genre
            is_latin = all(max(map(ord, text), default=0) < 256 for text in texts)
            tag.add(TCON(encoding=0 if is_latin else 1, text=texts))
        keep = (lambda info: padding) if padding is not None else None
        if path.suffix not in (".mp3", ".tta"):
            file = mutagen.File(path)
            file.add_tags()
            tag, frames = file.tags, tag.values()
            for frame in frames:
                tag.add(frame)
            tag.save(path, v2_version=version, v23_sep=None)
        else:
            tag.save(path, v1=0, v2_version=version, v23_sep=None, padding=keep)
    if v1 is not None:
        with path.open("ab") as stream:
            stream.write(_v1(v1))
    return path


mp3 = id3


def vorbis(path, *, genres=(), key="GENRE"):
    fresh(path)
    kinds = {".flac": FLAC, ".ogg": OggVorbis, ".opus": OggOpus, ".oga": OggFLAC}
    file = kinds[path.suffix](path)
    file["title"] = "Título"
    file["artist"] = ["One", "Two"]
    file.tags.append(("Comment", "first"))
    file.tags.append(("COMMENT", "second"))
    for genre in genres:
        file.tags.append((key, genre))
    if path.suffix == ".flac":
        picture = Picture()
        picture.data, picture.mime, picture.type = _PICTURE, "image/png", 3
        file.add_picture(picture)
    file.save()
    return path


def m4a(path, *, genres=(), gnre=None, **options):
    fresh(path, **options)
    file = MP4(path)
    file["\xa9nam"] = "Título"
    file["trkn"] = [(3, 12)]
    file["cpil"] = True
    file["----:com.apple.iTunes:MOOD"] = [b"calm"]
    file["covr"] = [MP4Cover(_PICTURE, MP4Cover.FORMAT_PNG)]
    if genres or gnre is not None:
        file["\xa9gen"] = list(genres) or ["\0" * 2]
    file.save()
    if gnre is not None:  # mutagen cannot write it: an atom of the same size is made over
        data = path.read_bytes()
        old = b"\xa9gen" + struct.pack(">I4sII", 18, b"data", 1, 0) + b"\0\0"
        assert data.count(old) == 1
        new = b"gnre" + struct.pack(">I4sII", 18, b"data", 0, 0) + struct.pack(">H", gnre)
        path.write_bytes(data.replace(old, new))
    return path


def apev2(path, *, genres=(), key="Genre", v1=None):
    """A file whose own tag is APEv2; with `v1` an ID3v1 tag of another program behind."""
    bare(path)
    tag = APEv2()
    tag["Title"] = "Título"
    tag["Artist"] = ["One", "Two"]
    tag["Cover Art (Front)"] = APEBinaryValue(b"a.png\0" + _PICTURE)
    if genres:
        tag[key] = list(genres)
    tag.save(path)
    if v1 is not None:
        path.write_bytes(path.read_bytes() + _v1(v1))
    return path


def wma(path, *, genres=()):
    fresh(path)
    file = ASF(path)
    file["Title"] = "Título"
    file["Author"] = ["One", "Two"]
    file["WM/Year"] = [ASFUnicodeAttribute("1999", stream=1), ASFUnicodeAttribute("2000")]
    file["WM/Mood"] = [ASFUnicodeAttribute("ruhig", language=0), ASFQWordAttribute(2**40)]
    file["WM/Picture"] = ASFByteArrayAttribute(_PICTURE)
    if genres:
        file["WM/Genre"] = list(genres)
    file.save()
    return path


def bare(path):
    """A file whose container has no tag at all, where that exists."""
    fresh(path)
    mutagen.File(path).delete()
    return path


def flac_between_id3(path):
    vorbis(path, genres=["Jazz"])
    before = tempfile.NamedTemporaryFile(suffix=".mp3")  # noqa: SIM115
    tag = Path(before.name)
    _id3_frames(4).save(tag)
    path.write_bytes(tag.read_bytes() + path.read_bytes() + _v1(17))
    before.close()
    return path


def mp3_with_apev2(path, *, genre=None, version=4):
    id3(path, version=version, genre="Jazz" if version else None)
    tag = APEv2()
    tag["Replaygain_Track_Gain"] = "-3 dB"
    if not version:
        tag["Title"] = "Título"
    if genre:
        tag["Genre"] = genre
    tag.save(path)
    return path


def wav_with_info(path, *, version=None, genre=None, text=b"Pop\0", name=None):
    """A WAV with a list of INFO, and an ID3 chunk behind it if asked."""
    info = raw_files.info(INAM=b"T\xedtulo\0", IGNR=text, ICRD=b"1999")
    cue = raw_files.riff_chunk(b"cue ", bytes(4))
    fresh(path).write_bytes(raw_files.riff_with(_encoded(".wav"), info, cue))
    if version:
        plain = id3(path.with_name("plain.wav"), version=version, genre=genre)
        _, payload = next(c for c in raw_files.riff_chunks(plain.read_bytes()) if c[0] == b"id3 ")
        plain.unlink()
        tag = raw_files.riff_chunk(name or b"id3 ", payload)
        behind = raw_files.riff_chunk(b"smpl", bytes(35))
        path.write_bytes(raw_files.riff_with(path.read_bytes(), tag, behind))
    return path


# name: (maker, suffix, genres as shown)
STATES = {
    "mp3 bare": (fresh, ".mp3", ()),
    "mp3 v1 only": (lambda p: mp3(p, v1=17), ".mp3", ("Rock",)),
    "mp3 v1 only without genre": (lambda p: mp3(p, v1=255), ".mp3", ()),
    "mp3 2.3 number in brackets": (lambda p: mp3(p, version=3, genre="(17)"), ".mp3", ("Rock",)),
    "mp3 2.3 text": (lambda p: mp3(p, version=3, genre="Jazz"), ".mp3", ("Jazz",)),
    "mp3 2.3 without genre": (lambda p: mp3(p, version=3), ".mp3", ()),
    "mp3 2.3 and v1": (lambda p: mp3(p, version=3, genre="Jazz", v1=8), ".mp3", ("Jazz",)),
    "mp3 2.3 without padding": (lambda p: mp3(p, version=3, padding=0), ".mp3", ()),
    "mp3 2.4 list": (lambda p: mp3(p, version=4, genre=["Jazz", "17"]), ".mp3", ("Jazz", "Rock")),
    "mp3 2.4 without genre": (lambda p: mp3(p, version=4), ".mp3", ()),
    "mp3 2.4 and v1": (lambda p: mp3(p, version=4, v1=17), ".mp3", ("Rock",)),
    "mp3 2.4 and APEv2": (mp3_with_apev2, ".mp3", ("Jazz",)),
    "mp3 2.4 and APEv2 genre": (lambda p: mp3_with_apev2(p, genre="Pop"), ".mp3", ("Jazz",)),
    "mp3 APEv2 only": (lambda p: mp3_with_apev2(p, genre="Pop", version=None), ".mp3", ("Pop",)),
    "mp3 APEv2 without genre": (lambda p: mp3_with_apev2(p, version=None), ".mp3", ()),
    "tta bare": (bare, ".tta", ()),
    "tta 2.3": (lambda p: id3(p, version=3, genre="(4)Eurodisco"), ".tta", ("Disco", "Eurodisco")),
    "tta 2.4 and v1": (lambda p: id3(p, version=4, genre="Jazz", v1=8), ".tta", ("Jazz",)),
    "wav bare": (bare, ".wav", ()),
    "wav 2.3": (lambda p: id3(p, version=3, genre="(17)"), ".wav", ("Rock",)),
    "wav 2.4 list": (lambda p: id3(p, version=4, genre=["Jazz", "Pop"]), ".wav", ("Jazz", "Pop")),
    "wav INFO": (wav_with_info, ".wav", ("Pop",)),
    "wav INFO and 2.4": (
        lambda p: wav_with_info(p, version=4, genre="Jazz", name=b"ID3 "),
        ".wav",
        ("Jazz",),
    ),
    "aiff bare": (bare, ".aiff", ()),
    "aiff 2.3": (lambda p: id3(p, version=3, genre="Jazz"), ".aiff", ("Jazz",)),
    "aiff 2.4": (lambda p: id3(p, version=4, genre="Jazz"), ".aiff", ("Jazz",)),
    "aifc 2.4": (lambda p: id3(p, version=4), ".aifc", ()),
    "dsf bare": (fresh, ".dsf", ()),
    "dsf 2.3": (lambda p: id3(p, version=3, genre="Jazz"), ".dsf", ("Jazz",)),
    "dsf 2.4": (lambda p: id3(p, version=4, genre=["Jazz", "17"]), ".dsf", ("Jazz", "Rock")),
    "dff bare": (fresh, ".dff", ()),
    "dff 2.4": (lambda p: id3(p, version=4, genre="Jazz"), ".dff", ("Jazz",)),
    "flac bare": (bare, ".flac", ()),
    "flac without genre": (vorbis, ".flac", ()),
    "flac genre": (
        lambda p: vorbis(p, genres=["Jazz", "Soul"], key="Genre"),
        ".flac",
        ("Jazz", "Soul"),
    ),
    "flac between ID3": (flac_between_id3, ".flac", ("Jazz",)),
    "ogg without genre": (vorbis, ".ogg", ()),
    "ogg genre": (
        lambda p: vorbis(p, genres=["Jazz", "Soul"], key="genre"),
        ".ogg",
        ("Jazz", "Soul"),
    ),
    "opus without genre": (vorbis, ".opus", ()),
    "opus genre": (lambda p: vorbis(p, genres=["Jazz"], key="Genre"), ".opus", ("Jazz",)),
    "oga without genre": (vorbis, ".oga", ()),
    "oga genre": (
        lambda p: vorbis(p, genres=["Jazz", "Soul"], key="genre"),
        ".oga",
        ("Jazz", "Soul"),
    ),
    "m4a bare": (fresh, ".m4a", ()),
    "m4a without genre": (m4a, ".m4a", ()),
    "m4a genre": (lambda p: m4a(p, genres=["Jazz", "Soul"]), ".m4a", ("Jazz", "Soul")),
    "m4a gnre": (lambda p: m4a(p, gnre=18), ".m4a", ("Rock",)),
    "m4a faststart": (lambda p: m4a(p, genres=["Jazz"], movflags="faststart"), ".m4a", ("Jazz",)),
    "wma bare": (bare, ".wma", ()),
    "wma as encoded": (fresh, ".wma", ()),
    "wma without genre": (wma, ".wma", ()),
    "wma genre": (
        lambda p: wma(p, genres=["Jazz", "Soul", "Pop"]),
        ".wma",
        ("Jazz", "Soul", "Pop"),
    ),
    "wv bare": (bare, ".wv", ()),
    "wv without genre": (apev2, ".wv", ()),
    "wv genre": (lambda p: apev2(p, genres=["Jazz", "Soul"], key="GENRE"), ".wv", ("Jazz", "Soul")),
}


def make(name, folder):
    maker, suffix, _ = STATES[name]
    return maker(folder / f"track{suffix}")


def plain_id3(path):
    """Return the ID3 tag as plain mutagen reads it, an ID3v1 tag included; {} if there is none."""
    return mutagen.File(path).__class__(path, translate=False).tags or {}


def plain_apev2(path):
    """Return the items of an APEv2 tag beside ID3 as plain mutagen reads them."""
    try:
        return dict(APEv2(path))
    except mutagen.apev2.APENoHeaderError:
        return {}


def retitle(path):
    """Change the title as another program would, so that a patch does not fit any more."""
    file = mutagen.File(path)
    if path.suffix == ".mp3" and file.tags is None:
        items = APEv2(path)
        items["Title"] = "New"
        items.save(path)
    elif path.suffix in _ID3_SUFFIXES:
        file = file.__class__(path, translate=False)
        version = 3 if file.tags.version[1] == 3 else 4
        file.tags.add(TIT2(encoding=0, text=["New"]))
        file.tags.save(path, v2_version=version, v23_sep=None)
    else:
        file[{".m4a": "\xa9nam", ".wma": "Title"}.get(path.suffix, "title")] = ["New"]
        file.save()


def plain_genres(path):
    """Return the stored genres as plain mutagen says."""
    if path.suffix in _ID3_SUFFIXES:
        tag, items = plain_id3(path), plain_apev2(path)
        if "TCON" in tag:
            is_v1 = tag.version == (1, 1)
            return tuple(tag["TCON"].genres if is_v1 else tag["TCON"].text)
        return tuple(items.get("Genre", ()))
    file = mutagen.File(path)
    match path.suffix:
        case ".m4a":
            return tuple((file.tags or {}).get("\xa9gen", ()))
        case ".wma":
            return tuple(map(str, file.get("WM/Genre", ())))
        case ".wv":
            return tuple((file.tags or {}).get("Genre", ()))
        case _:
            return tuple((file.tags or {}).get("genre", ()))


def plain_others(path):
    """Return everything but the genre as plain mutagen says, comparable."""
    if path.suffix in _ID3_SUFFIXES:
        # Mutagen names the comment of ID3v1; a new tag gives it no name, as players look for it.
        names = {"COMM:ID3v1 Comment:eng": "COMM::eng"}
        found = {names.get(key, key): frame for key, frame in plain_id3(path).items()}
        frames = {key: str(f) if "COMM" in key else f for key, f in found.items() if key != "TCON"}
        items = {key: item for key, item in plain_apev2(path).items() if key != "Genre"}
        return {"frames": frames, "items": items, "chunks": _other_chunks(path)}
    file = mutagen.File(path)
    if path.suffix == ".m4a":
        return {key: value for key, value in (file.tags or {}).items() if key != "\xa9gen"}
    if path.suffix == ".wma":
        others = [(n, v.TYPE, v.language, v.stream, v.value) for n, v in file.tags]
        return sorted(repr(other) for other in others if other[0] != "WM/Genre")
    if path.suffix == ".wv":
        others = {key: value for key, value in (file.tags or {}).items() if key.lower() != "genre"}
        behind = path.read_bytes()[-128:]
        return {"items": others, "ID3v1": behind if behind.startswith(b"TAG") else b""}
    # Mutagen names an entry without "=" by its number among all, the genres included.
    named = [(re.sub(r"^unknown\d+$", "unknown", key), value) for key, value in file.tags or ()]
    others = [(key, value) for key, value in named if key.lower() != "genre"]
    pictures = [picture.write() for picture in getattr(file, "pictures", ())]
    return {"comments": others, "pictures": pictures}


def _other_chunks(path):
    """Return the chunks of a WAV that hold no ID3, in their order, without the genre in INFO."""
    if path.suffix != ".wav":
        return []
    chunks = []
    for name, payload in raw_files.riff_chunks(path.read_bytes()):
        if payload.startswith(b"INFO"):
            texts = raw_files.riff_chunks(raw_files.riff_with(b"        INFO" + payload[4:]))
            chunks += [text for text in texts if text[0] != b"IGNR"]
        elif name.lower() != b"id3 ":
            chunks.append((name, payload))
    return chunks


def copy_of(path, folder):
    return Path(shutil.copy2(path, folder))
