"""Files in every state of tagging that matters, made by plain mutagen; short and encoded once."""

from __future__ import annotations

import functools
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

from tests.samples import encode

_PICTURE = bytes(range(256)) * 40


@functools.cache
def _encoded(suffix, options=()):
    folder = Path(tempfile.mkdtemp(prefix="genretagger-samples-"))
    path = encode(folder / f"sample{suffix}", seconds=0.4, noise=0.3, options=dict(options))
    return path.read_bytes()


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


def mp3(path, *, version=None, genre=None, v1=None, padding=None):
    fresh(path)
    if version:
        tag = _id3_frames(version)
        if genre is not None:
            tag.add(TCON(encoding=0, text=[genre] if isinstance(genre, str) else genre))
        keep = (lambda info: padding) if padding is not None else None
        tag.save(path, v1=0, v2_version=version, v23_sep=None, padding=keep)
    if v1 is not None:
        with path.open("ab") as stream:
            stream.write(_v1(v1))
    return path


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


def mp3_with_apev2(path, *, genre=None):
    mp3(path, version=4, genre="Jazz")
    tag = APEv2()
    tag["Replaygain_Track_Gain"] = "-3 dB"
    if genre:
        tag["Genre"] = genre
    tag.save(path)
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


def plain_genres(path):
    """Return the stored genres as plain mutagen says."""
    file = mutagen.File(path)
    match path.suffix:
        case ".mp3":
            tag = ID3(path, translate=False, load_v1=False)
            return tuple(tag["TCON"].text) if "TCON" in tag else ()
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
    if path.suffix == ".mp3":
        try:
            tag = ID3(path, translate=False, load_v1=False)
        except mutagen.id3.ID3NoHeaderError:
            return {}
        return {key: frame for key, frame in tag.items() if key != "TCON"}
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
    others = [(key, value) for key, value in file.tags or () if key.lower() != "genre"]
    pictures = [picture.write() for picture in getattr(file, "pictures", ())]
    return {"comments": others, "pictures": pictures}


def copy_of(path, folder):
    return Path(shutil.copy2(path, folder))
