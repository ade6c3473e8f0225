"""Parse what a card reader sends for an identity card.

Returns a card or None; a text that merely contains digits is no card. Looks
nobody up and touches no device.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from medcounter.identity.id_number import IdNumber, read_id
from medcounter.identity.names import read_name
from medcounter.typed.typed_text import visible

_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9Xx])")
_BETWEEN = re.compile(r"[\t\r\n|,;，；~#$^]+")
_SEXES = frozenset({"男", "女"})
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•]{2,30}")
_PLACE = re.compile(r".*(省|市|区|县|乡|镇|村|路|街|号|室)")
_NATION = re.compile(r".{1,6}族|汉")
_LABEL = re.compile(r"^(姓名|性别|民族|出生(日期)?|住址|地址|公民身份号码|身份证号码?|号码)[:：]?")
# Names of the fields in what common readers' services answer with.
_NAMES = ("name", "partyName", "Name", "xm", "姓名")
_NUMBERS = (
    "id_number",
    "idNumber",
    "certNumber",
    "idCode",
    "cardNo",
    "IDNumber",
    "sfzh",
    "证件号码",
)
_ADDRESSES = ("address", "certAddress", "Address", "zz", "住址")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Attributes:
        id_number: Whole and right; sex and birth date follow from it.
        name: Empty when the reader gives the number alone.
        address: As printed on the card; empty when not given.
    """

    id_number: str
    name: str = ""
    address: str = ""


def read_card(text: str) -> Card | None:
    """Read a reader's text: a number, fields between marks, or JSON.

    Returns:
        The card; None when the text holds no whole and right number, or more
        than one.
    """
    by_name = _object(text)
    if by_name is not None:
        return _of_fields(by_name)
    cleaned = visible(text)
    numbers = {number.upper() for number in _NUMBER.findall(cleaned)}
    alone = "".join(cleaned.split())
    if not numbers:
        return _numbered(alone)
    if len(numbers) > 1:
        return None
    (number,) = numbers
    fields = [_LABEL.sub("", part.strip()) for part in _BETWEEN.split(text)]
    rest = [field for field in fields if field and number.lower() not in field.lower()]
    return _numbered(number, _name_in(rest), _address_in(rest))


def _numbered(text: str, name: str = "", address: str = "") -> Card | None:
    read = read_id(text)
    if not isinstance(read, IdNumber) or read.overridden:
        return None
    return Card(read.text, read_name(name).text, address)


def _object(text: str) -> Mapping[str, object] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    while isinstance(found, dict):
        inner = next((found[key] for key in ("data", "result", "card") if key in found), None)
        if not isinstance(inner, dict):
            return found
        found = inner
    return None


def _of_fields(fields: Mapping[str, object]) -> Card | None:
    def one(names: tuple[str, ...]) -> str:
        found = next((fields[name] for name in names if name in fields), "")
        return found.strip() if isinstance(found, str) else ""

    return _numbered(one(_NUMBERS), one(_NAMES), one(_ADDRESSES))


def _name_in(fields: list[str]) -> str:
    """Return the first field that is a name: neither sex, nation nor address."""
    for field in fields:
        if field in _SEXES or _NATION.fullmatch(field):
            continue
        if _HAN_NAME.fullmatch(field) and not _PLACE.fullmatch(field):
            return field
    return ""


def _address_in(fields: list[str]) -> str:
    places = [field for field in fields if _PLACE.fullmatch(field)]
    return max(places, key=len, default="")
