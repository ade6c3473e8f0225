"""Mutations of a hall's rules that two supervisors signed: none of them is read."""

import base64
import json
import random
import sys
import traceback
from functools import cache

from medcounter.bundle.hall.hall_bundle import open_hall_bundle
from medcounter.errors import MedCounterError
from tests.faults.rows import Figures
from tests.faults.secrets.hall_attacks import BAD
from tests.support.desk.hall_samples import changed, part_of_yunxi, signed


@cache
def _file() -> bytes:
    return signed(changed(part_of_yunxi())).data


def mutated(seed: int) -> bytes:
    """Change a file that two signed in one of several ways, another one for each seed."""
    data, chance = bytearray(_file()), random.Random(seed)  # noqa: S311 - no secret
    at, end = chance.randrange(len(data)), chance.randrange(len(data))
    way = chance.randrange(6)
    if way == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif way == 1:
        data[at] = chance.choice([one for one in b'{}[]",:0aA=+/' if one != data[at]])
    elif way == 2:
        del data[at : at + chance.randrange(1, 40)]
    elif way == 3:
        data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    elif way == 4:
        data[at : at + 4], data[end : end + 4] = data[end : end + 4], data[at : at + 4]
    else:
        return _within(chance)
    return bytes(data)


def _within(chance: random.Random) -> bytes:
    """Change one value in what is signed, and keep the file in its form."""
    whole = json.loads(_file())
    payload = bytearray(base64.b64decode(whole["payload"]))
    at = chance.randrange(len(payload))
    payload[at] = chance.choice([one for one in b'0123456789abcdef{}",:' if one != payload[at]])
    whole["payload"] = base64.b64encode(bytes(payload)).decode()
    return json.dumps(whole, separators=(",", ":")).encode()


def mutate(first: int, share: int) -> Figures:
    """Offer so many mutations of a file that two supervisors signed."""
    figures = {"mutations": 0, **dict.fromkeys(BAD, 0)}
    for seed in range(first, first + share):
        data = mutated(seed)
        if data == _file():
            continue
        figures["mutations"] += 1
        try:
            open_hall_bundle(data)
            figures["in force"] += 1
        except MedCounterError:
            pass
        except Exception:  # noqa: BLE001 - as above
            figures["exceptions without a sentence"] += 1
            sys.stderr.write(f"{seed}\n{traceback.format_exc()}\n")
    return figures
