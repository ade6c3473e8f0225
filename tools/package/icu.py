"""Take out of Qt's ICU what other languages would need.

Qt asks ICU for collation, case and text encodings; names of currencies,
zones and units, spelled-out numbers and other languages' collations are
three quarters of its data. What is kept is copied byte for byte.
"""

import re
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Whole trees that only formatting through ICU reads, which neither Qt nor we do.
_TREES = re.compile(r"(brkitr|curr|lang|rbnf|region|translit|unit|zone)/")
# A file named for a language: Chinese, English and the root of all are kept.
_LANGUAGE = re.compile(r"(?:coll/)?(?!(?:zh|en|root)(?:_|\.)|res_index)[a-z]{2,3}(?:_\w+)?\.res$")
_MAGIC = b"\xda\x27"
_ALIGNMENT = 16
_SYMBOL = re.compile(r" ([0-9a-f]{16}) +(0x[0-9a-f]+|\d+) OBJECT +GLOBAL DEFAULT +(\d+) (icudt\d+)")
_SECTION = re.compile(r"\[ *(\d+)\] \.rodata +PROGBITS +([0-9a-f]{16}) ([0-9a-f]+)")
_LIBRARY = "libicudata.so"

Entry = tuple[str, str, str]


class IcuUnreadableError(Exception):
    """The library does not hold ICU data as this tool knows it."""


@dataclass(frozen=True, slots=True)
class IcuData:
    """ICU's data as it lies in its library.

    Attributes:
        name: The symbol's name without ``_dat``, such as ``icudt73``.
        header: Everything before the table of contents.
        items: Name and bytes of each part, in the order of their names.
    """

    name: str
    header: bytes
    items: tuple[tuple[str, bytes], ...]


def read(library: Path) -> IcuData:
    """Read the data out of a shared library.

    Raises:
        IcuUnreadableError: There is no such data in it.
    """
    told = subprocess.run(
        ["readelf", "-W", "-S", "--dyn-syms", library], capture_output=True, text=True, check=True
    ).stdout
    symbol, section = _SYMBOL.search(told), _SECTION.search(told)
    if symbol is None or section is None:
        raise IcuUnreadableError(library)
    begin = int(symbol[1], 16) - int(section[2], 16) + int(section[3], 16)
    data = library.read_bytes()[begin : begin + int(symbol[2], 0)]
    return IcuData(symbol[4], *_unpacked(data))


def _unpacked(data: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    (header_size,) = struct.unpack_from("<H", data)
    if data[2:4] != _MAGIC:
        raise IcuUnreadableError
    body = data[header_size:]
    (count,) = struct.unpack_from("<I", body)
    table = [struct.unpack_from("<II", body, 4 + 8 * at) for at in range(count)]
    ends = [begin for _, begin in table[1:]] + [len(body)]
    items = tuple(
        (body[name : body.index(b"\0", name)].decode("ascii"), body[begin:end])
        for (name, begin), end in zip(table, ends, strict=True)
    )
    return data[:header_size], items


def packed(data: IcuData) -> bytes:
    """Write the data in the form in which a library holds it."""
    names = b"".join(name.encode("ascii") + b"\0" for name, _ in data.items)
    table_size = 4 + 8 * len(data.items)
    begin = _aligned(table_size + len(names))
    table, body, name_at = [struct.pack("<I", len(data.items))], [], table_size
    for name, content in data.items:
        table.append(struct.pack("<II", name_at, begin))
        name_at += len(name) + 1
        body.append(content.ljust(_aligned(len(content)), b"\0"))
        begin += _aligned(len(content))
    head = b"".join(table) + names
    return data.header + head.ljust(_aligned(len(head)), b"\0") + b"".join(body)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def wanted(name: str) -> bool:
    """Tell whether a part is kept; its name is ``icudt73l/coll/zh.res`` or alike."""
    part = name.partition("/")[2]
    return not _TREES.match(part) and not _LANGUAGE.fullmatch(part)


def slim(library: Path, target: Path) -> None:
    """Write the library again with what is kept.

    Raises:
        IcuUnreadableError: The library holds no ICU data.
    """
    data = read(library)
    kept = IcuData(data.name, data.header, tuple(item for item in data.items if wanted(item[0])))
    target.parent.mkdir(parents=True, exist_ok=True)
    raw, source, compiled = (target.with_suffix(end) for end in (".dat", ".s", ".o"))
    raw.write_bytes(packed(kept))
    symbol = f"{data.name}_dat"
    source.write_text(
        f".section .rodata\n.balign {_ALIGNMENT}\n.globl {symbol}\n.type {symbol}, @object\n"
        f'{symbol}:\n.incbin "{raw.name}"\n.size {symbol}, . - {symbol}\n'
        '.section .note.GNU-stack,"",@progbits\n',
        encoding="ascii",
    )
    shared = ["-shared", "-soname", library.name, "-z", "noexecstack", "--hash-style=both"]
    for words in (
        ["as", "-o", compiled.name, source.name],
        ["ld", *shared, "-o", target.name, compiled.name],
    ):
        subprocess.run(words, cwd=target.parent, check=True)


def slimmed(entries: list[Entry], work: Path) -> list[Entry]:
    """Give the collected files with ICU's data in its short form.

    Args:
        entries: Name, source and kind of each file, as PyInstaller has them.
        work: A folder for what is made.
    """
    return [
        (name, _slimmed(source, work), kind)
        if _LIBRARY in name and kind == "BINARY"
        else (name, source, kind)
        for name, source, kind in entries
    ]


def _slimmed(source: str, work: Path) -> str:
    target = work / "icu" / Path(source).name
    slim(Path(source), target)
    return str(target)
