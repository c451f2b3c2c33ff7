"""Effective partition keys: the hash by which the service spreads documents over partitions, in hexadecimal digits.

SDKs compute it too, and ask for the range of hashes that a key stands for. Source: azure-cosmos, `PartitionKey`;
MurmurHash3 (x64, 128 bits) is Austin Appleby's, in the public domain.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from .sql.values import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterable

_MASK = (1 << 64) - 1
_C1, _C2 = 0x87C37B91114253D5, 0x4CF5AD432745937F


def effective_key(components: Iterable[Any], *, hierarchical: bool) -> str:
    """The effective partition key: of all components together, or one after the other for hierarchical keys."""
    parts = [_bytes(component) for component in components]
    if hierarchical:
        return "".join(map(_digits, parts))
    return _digits(b"".join(parts))


def _bytes(component: Any) -> bytes:
    if component is UNDEFINED:
        return b"\x00"
    if component is None:
        return b"\x01"
    if isinstance(component, bool):
        return b"\x03" if component else b"\x02"
    if isinstance(component, str):
        return b"\x08" + component.encode("utf-8", "surrogatepass") + b"\xff"
    return b"\x05" + struct.pack("<d", component)


def _digits(data: bytes) -> str:
    digest = bytearray(murmur(data).to_bytes(16, "big"))
    digest[0] &= 0x3F  # every hash is below "FF"
    return digest.hex().upper()


def murmur(data: bytes) -> int:
    """MurmurHash3 for 64-bit machines with the seed 0; the second half of the hash stands above the first."""
    h1 = h2 = 0
    length = len(data)
    whole = length & ~15
    for k1, k2 in struct.iter_unpack("<QQ", data[:whole]):
        h1 = ((_turn(h1 ^ _first(k1), 27) + h2) * 5 + 0x52DCE729) & _MASK
        h2 = ((_turn(h2 ^ _second(k2), 31) + h1) * 5 + 0x38495AB5) & _MASK
    tail = data[whole:]
    h1 ^= _first(int.from_bytes(tail[:8], "little")) ^ length
    h2 ^= _second(int.from_bytes(tail[8:], "little")) ^ length
    h1 = (h1 + h2) & _MASK
    h2 = (h2 + h1) & _MASK
    h1, h2 = _mixed(h1), _mixed(h2)
    h1 = (h1 + h2) & _MASK
    return ((h2 + h1) & _MASK) << 64 | h1


def _first(k: int) -> int:
    return _turn(k * _C1 & _MASK, 31) * _C2 & _MASK


def _second(k: int) -> int:
    return _turn(k * _C2 & _MASK, 33) * _C1 & _MASK


def _turn(value: int, bits: int) -> int:
    return (value << bits | value >> (64 - bits)) & _MASK


def _mixed(k: int) -> int:
    k = (k ^ k >> 33) * 0xFF51AFD7ED558CCD & _MASK
    k = (k ^ k >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return k ^ k >> 33
