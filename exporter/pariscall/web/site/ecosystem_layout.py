"""Where the discs of a picture of communities are, found without chance.

Discs are pulled to those that they are tied to, and pushed off those that they would cover. Only arithmetic that IEEE 754
rounds alike everywhere is used, so that any machine finds the same places.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from pathlib import Path

from ...io.cache import Cache, hash_files

_ROUNDS = 400
_GAP = 16  # at least, between two discs
_MARGIN = 4
_PULL, _PUSH = 0.02, 0.5
# The golden angle, as the cosine and the sine of a turn.
_COS, _SIN = -0.7373688780783197, 0.6754902942615238
_CACHE = Cache("layouts", 100)


@dataclass
class Disc:
    """A disc: its radius, the places in the list of marks that it is tied to, and where it is."""

    radius: float
    ties: Sequence[int]
    x: float = 0
    y: float = 0


def arrange(marks: Sequence[Disc], clouds: Sequence[Disc], width: int) -> int:
    """Give each disc its place within a width, and return the height of all.

    What was arranged before is not arranged again.
    """
    given = [[(disc.radius, *disc.ties) for disc in discs] for discs in (marks, clouds)]
    digest = hashlib.sha256(json.dumps([width, *given]).encode())
    hash_files(digest, [Path(__file__)])
    kept = _CACHE.made_once(digest.hexdigest(), partial(_arranged, marks, clouds, width))
    height, places = json.loads(kept)
    for disc, (x, y) in zip([*marks, *clouds], places, strict=True):
        disc.x, disc.y = x, y
    return int(height)


def _arranged(marks: Sequence[Disc], clouds: Sequence[Disc], width: int) -> bytes:
    """Arrange discs, and return the height of all and the place of each in JSON."""
    discs = [*marks, *clouds]
    _start(discs, width)
    for _ in range(_ROUNDS):
        for cloud in clouds:
            for at in cloud.ties:
                _pull(cloud, marks[at])
        for one, disc in enumerate(discs):
            for other in discs[:one]:
                _push(disc, other)
            low, high = disc.radius + _MARGIN, width - disc.radius - _MARGIN
            disc.x = min(max(disc.x, low), high) if low < high else width / 2
    top = min(disc.y - disc.radius for disc in discs) - _MARGIN
    for disc in discs:
        disc.x, disc.y = round(disc.x, 1), round(disc.y - top, 1)
    height = round(max(disc.y + disc.radius for disc in discs)) + _MARGIN
    return json.dumps([height, [(disc.x, disc.y) for disc in discs]]).encode()


def dots(disc: Disc, number: int, spacing: float) -> Iterator[tuple[float, float]]:
    """Yield the places of a number of dots that fill a disc evenly, from its middle on."""
    x, y = 1.0, 0.0
    for at in range(number):
        away = spacing * sqrt((at + 0.5) / 3.14)
        yield round(disc.x + x * away, 1), round(disc.y + y * away, 1)
        x, y = x * _COS - y * _SIN, x * _SIN + y * _COS


def _start(discs: Sequence[Disc], width: int) -> None:
    """Place the discs on a spiral, the last, which are the clouds, outside."""
    x, y = 1.0, 0.0
    for at, disc in enumerate(discs):
        away = width / 5 * sqrt(at + 1)
        disc.x, disc.y = width / 2 + x * away, y * away
        x, y = x * _COS - y * _SIN, x * _SIN + y * _COS


def _pull(one: Disc, other: Disc) -> None:
    dx, dy = other.x - one.x, other.y - one.y
    distance = sqrt(dx * dx + dy * dy) or 1.0
    pull = _PULL * (distance - one.radius - other.radius - _GAP) / distance
    for disc, sign in ((one, 1), (other, -1)):
        disc.x += sign * pull * dx
        disc.y += sign * pull * dy


def _push(one: Disc, other: Disc) -> None:
    dx, dy = other.x - one.x, other.y - one.y
    distance = sqrt(dx * dx + dy * dy) or 1.0
    covered = one.radius + other.radius + _GAP - distance
    if covered > 0:
        for disc, sign in ((one, -1), (other, 1)):
            disc.x += sign * _PUSH * covered * dx / distance
            disc.y += sign * _PUSH * covered * dy / distance
