"""The checksum behind a frame of FLAC, over all of a buffer or a part of it."""

from genretagger.tagging.layout import flac_frames

DIGITS = b"123456789\xfe\xe8"  # reveng's catalogue: CRC-16/UMTS


def test_a_right_checksum_is_right_and_any_other_is_wrong():
    assert flac_frames.is_right(DIGITS)
    assert flac_frames.is_right(memoryview(DIGITS))
    assert flac_frames.is_right(DIGITS + bytes(5))  # zeros behind change nothing
    for at in range(len(DIGITS)):
        wrong = DIGITS[:at] + bytes([DIGITS[at] ^ 0x10]) + DIGITS[at + 1 :]
        assert not flac_frames.is_right(wrong)


def test_a_checksum_within_counts_from_the_least_number_of_bytes_on():
    assert flac_frames.is_right_within(DIGITS + b" and more", least=4)
    assert flac_frames.is_right_within(DIGITS, least=11)
    assert not flac_frames.is_right_within(b"123456789\xfe\xe9", least=4)
    assert not flac_frames.is_right_within(DIGITS, least=12)
