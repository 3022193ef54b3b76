"""The checksum of FLAC's frames, folded, is the one that is worked out bit by bit."""

import random

import pytest

from genretagger.tagging.layout import crc16


def bit_by_bit(data):
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x8005) & 0xFFFF if crc & 0x8000 else crc << 1
    return crc.to_bytes(2, "big")


@pytest.mark.parametrize("size", [1, 2, 3, 17, 255, 4096, 32767, 65532, 65533, 98301, 131071])
def test_a_right_checksum_is_right_and_any_other_is_wrong(size):
    data = random.Random(size).randbytes(size)
    whole = data + bit_by_bit(data)
    assert crc16.is_right(whole)
    assert crc16.is_right(memoryview(whole))
    assert crc16.is_right(whole + bytes(5))  # zeros behind change nothing
    for at in {0, size // 2, size + 1}:
        assert not crc16.is_right(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])


def test_the_known_checksum_of_the_digits():
    assert crc16.is_right(b"123456789\xfe\xe8")  # reveng's catalogue: CRC-16/UMTS
    assert crc16.is_right_within(b"123456789\xfe\xe8 and more", least=4)
    assert not crc16.is_right_within(b"123456789\xfe\xe9", least=4)
    assert not crc16.is_right_within(b"123456789\xfe\xe8", least=12)
