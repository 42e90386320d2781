"""How much an .osm.pbf unpacks to, from the heads of its blobs; osmium holds it to that."""

import os

from django.utils.translation import gettext_lazy as _

from .sheet import Unreadable

HEAD = 64_000  # bytes; the format allows no larger head of a blob
BROKEN = _("The OpenStreetMap file is broken or cut off: download it once more.")
VARINT, BYTES = 0, 2  # wire types of protocol buffers
DATA_SIZE = 3 << 3 | VARINT  # BlobHeader.datasize
RAW_SIZE = 2 << 3 | VARINT  # Blob.raw_size


def unpacked(stream):
    """Return the bytes that all blobs unpack to, as they say. Raises Unreadable."""
    total = 0
    while length := stream.read(4):
        size = int.from_bytes(length, "big")
        if size > HEAD:
            raise Unreadable(BROKEN)
        size = _number(stream.read(size), DATA_SIZE)
        start = stream.read(min(size, 32))  # raw_size stands before the data
        total += _number(start, RAW_SIZE) or size
        stream.seek(size - len(start), os.SEEK_CUR)
    return total


def _number(message, wanted):
    """Return a field that is a number, 0 if the message has none."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        value, place = _varint(message, place)
        if tag == wanted:
            return value
        if tag & 7 == BYTES:
            place += value
        elif tag & 7 != VARINT:
            return 0
    return 0


def _varint(message, place):
    value = shift = 0
    while place < len(message) and shift < 64:
        byte = message[place]
        value, shift, place = value | (byte & 127) << shift, shift + 7, place + 1
        if byte < 128:
            break
    return value, place
