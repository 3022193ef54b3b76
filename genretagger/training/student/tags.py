"""The tags of the teachers that the student learns to name: genres, styles and kinds of sound."""

from __future__ import annotations

from typing import Final

# Display names of AudioSet (Gemmeke et al. 2017) for music: what it is played on, its genre or
# style and what it is for; and what tells it from other sound.
# fmt: off
AUDIOSET: Final = (
    "Music", "Singing", "Speech", "Silence", "Musical instrument", "Guitar", "Electric guitar",
    "Acoustic guitar", "Piano", "Synthesizer", "Drum kit", "Drum machine", "Orchestra",
    "Brass instrument", "Violin, fiddle", "Choir", "Pop music", "Hip hop music", "Rock music",
    "Heavy metal", "Punk rock", "Grunge", "Progressive rock", "Rock and roll", "Psychedelic rock",
    "Rhythm and blues", "Soul music", "Reggae", "Country", "Swing music", "Bluegrass", "Funk",
    "Folk music", "Middle Eastern music", "Jazz", "Disco", "Classical music", "Opera",
    "Electronic music", "House music", "Techno", "Dubstep", "Drum and bass", "Electronica",
    "Electronic dance music", "Ambient music", "Trance music", "Music of Latin America",
    "Salsa music", "Flamenco", "Blues", "Music for children", "New-age music", "Vocal music",
    "A capella", "Music of Africa", "Afrobeat", "Christian music", "Gospel music",
    "Music of Asia", "Carnatic music", "Music of Bollywood", "Ska", "Traditional music",
    "Independent music", "Background music", "Theme music", "Video game music",
    "Christmas music", "Dance music", "Soundtrack music", "Jingle (music)",
)
# fmt: on

N_AUDIOSET: Final = 527  # classes that the teacher of AudioSet knows

# Among the 50 tags of MTG-Jamendo (Bogdanov et al. 2019), genres begin so.
JAMENDO_GENRE: Final = "genre---"
