"""What the built folder is made of: every part with version and licence.

Asks the files that were collected which package each came from. A part
inside another (OpenSSL in a wheel) is found by what it says of itself.
"""

import importlib.metadata
import json
import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "packaging" / "licences"
OURSELVES = "medcounter"
NOTICE = "NOTICE.txt"
COMPONENTS = "components.json"
_LICENCE_FILE = re.compile(r"(?:^|/)(?:LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
_OPENSSL = re.compile(rb"OpenSSL (\d+\.\d+\.\d+\w*) +\d+ \w{3} \d{4}")
_FONT_VERSION = re.compile(r"Version (\d+\.\d+)")
_QT_LICENCE = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
_NOT_SHIPPED = {"pyinstaller-hooks-contrib"}

Entry = tuple[str, str, str]


class LicenceMissingError(Exception):
    """A part of the folder says nowhere under which licence it stands."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of what ships.

    Attributes:
        name: As its makers call it.
        version: As installed.
        licence: An SPDX expression where its makers give one, else their words.
        origin: A package URL without the version.
        within: The part that holds it, or nothing.
        texts: The licences in full, each with the name of its file.
    """

    name: str
    version: str
    licence: str
    origin: str
    within: str = ""
    texts: tuple[tuple[str, str], ...] = ()


def components(entries: Iterable[Entry]) -> tuple[Component, ...]:
    """Name every part that the collected files belong to, by name.

    Raises:
        LicenceMissingError: A part without a licence would ship.
    """
    sources = {Path(source).absolute() for _, source, _ in entries if source}
    found = {
        *_distributions(sources),
        *_system_libraries(sources),
        *_built_in(sources),
        _python(),
        _fonts(),
    }
    for part in found:
        if not part.licence or not (part.texts or part.within):
            raise LicenceMissingError(part.name)
    return tuple(sorted(found, key=lambda part: (part.name.lower(), part.within)))


def write_inventory(entries: Iterable[Entry], work: Path) -> list[Entry]:
    """Write NOTICE and the list of parts.

    Args:
        entries: Name, source and kind of each collected file.
        work: A folder for what is made.

    Returns:
        Both files as PyInstaller collects them, beside the other resources.
    """
    from tools.package.notice import notice_text  # noqa: PLC0415 - it needs the record above

    parts = components(entries)
    listed = [
        {key: value for key, value in asdict(part).items() if key != "texts"} for part in parts
    ]
    (work / NOTICE).write_text(notice_text(parts), encoding="utf-8")
    (work / COMPONENTS).write_text(
        json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return [
        (f"medcounter/resources/{name}", str(work / name), "DATA") for name in (NOTICE, COMPONENTS)
    ]


def _distributions(sources: set[Path]) -> Iterator[Component]:
    """Name the Python packages some file of which was collected."""
    for found in importlib.metadata.distributions():
        name = found.metadata["Name"]
        bootloader = name.lower() == "pyinstaller"
        files = found.files or ()
        ships = any(Path(str(found.locate_file(file))).absolute() in sources for file in files)
        if name == OURSELVES or name in _NOT_SHIPPED or not (ships or bootloader):
            continue
        paths = [file for file in files if _LICENCE_FILE.search(str(file))]
        texts = tuple((file.name, file.read_text(encoding="utf-8")) for file in paths)
        of_qt = name.lower().startswith(("pyside6", "shiboken6"))
        yield Component(
            name,
            found.version,
            _QT_LICENCE if of_qt else licence_of(found.metadata),
            f"pkg:pypi/{name.lower()}",
            texts=_texts("lgpl-3.0.txt", "gpl-3.0.txt") if of_qt else texts,
        )
        yield from _rust_parts(found, name)


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """Return the licence that a package itself names."""
    told: Mapping[str, str | list[str]] = metadata.json
    expression = str(told.get("license_expression") or "")
    classifiers = told.get("classifier")
    named = [
        line.rpartition(" :: ")[2]
        for line in (classifiers if isinstance(classifiers, list) else [])
        if line.startswith("License ::")
    ]
    words = str(told.get("license") or "").partition("\n")[0]
    return expression or words or "; ".join(named) or "see its licence below"


def _rust_parts(found: importlib.metadata.Distribution, within: str) -> Iterator[Component]:
    """Name what a wheel's own bill of materials says was compiled into it."""
    for file in found.files or ():
        if file.parent.name != "sboms" or file.suffix != ".json":
            continue
        for part in json.loads(file.read_text(encoding="utf-8")).get("components", ()):
            if not part.get("purl", "").startswith("pkg:cargo/") or "file:" in part["purl"]:
                continue
            licences = [
                one.get("expression") or one.get("license", {}).get("id") or one["license"]["name"]
                for one in part.get("licenses", ())
            ]
            licence = " AND ".join(licences) or "see its makers"
            origin = f"pkg:cargo/{part['name']}"
            yield Component(part["name"], part["version"], licence, origin, within)


def _system_libraries(sources: set[Path]) -> Iterator[Component]:
    """Name the system's packages whose libraries were collected."""
    if not sys.platform.startswith("linux"):
        return
    ours = (sysconfig.get_path("purelib"), str(ROOT), sys.base_prefix + "/lib/python")
    for path in sorted(sources):
        if ".so" not in path.name or str(path).startswith(ours) or "libpython" in path.name:
            continue
        package = _debian_package(path)
        if package is None:
            continue
        told = subprocess.run(
            ["dpkg-query", "--show", "--showformat", "${Version}", package],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        name = package.partition(":")[0]
        text = Path("/usr/share/doc", name, "copyright").read_text(encoding="utf-8")
        licences = sorted(set(re.findall(r"^License: *(\S+)", text, re.MULTILINE)))
        yield Component(
            name,
            told,
            " AND ".join(licences) or "see its licence below",
            f"pkg:deb/debian/{name}",
            texts=(("copyright", text),),
        )


def _debian_package(path: Path) -> str | None:
    for spelt in (path, path.resolve(), Path("/", *path.resolve().parts[2:])):
        told = subprocess.run(
            ["dpkg-query", "--search", str(spelt)], capture_output=True, text=True, check=False
        ).stdout
        if told:
            return told.partition(": ")[0]
    return None


def _built_in(sources: set[Path]) -> Iterator[Component]:
    """Name what lies inside other parts without a package of its own."""
    for path in sorted(sources):
        if path.name.startswith("libQt6Core.") or path.name == "Qt6Core.dll":
            texts = _texts("lgpl-3.0.txt", "gpl-3.0.txt", "qt.txt")
            yield Component(
                "Qt",
                importlib.metadata.version("PySide6-Essentials"),
                _QT_LICENCE,
                "pkg:generic/qt",
                "PySide6_Essentials",
                texts,
            )
        elif (icu := re.match(r"libicuuc\.so\.(\d+)", path.name)) is not None:
            texts = _texts("icu.txt")
            yield Component("ICU", icu[1], "ICU", "pkg:generic/icu", "PySide6_Essentials", texts)
        elif "site-packages" in path.parts and path.parent.name in {"bindings", "sqlcipher3"}:
            yield from _cryptographic(path)


def _cryptographic(path: Path) -> Iterator[Component]:
    within = path.parts[path.parts.index("site-packages") + 1]
    if (version := _OPENSSL.search(path.read_bytes())) is not None:
        apache = (("LICENSE", (ROOT / "LICENSE").read_text(encoding="utf-8")),)
        told = version[1].decode("ascii")
        yield Component("OpenSSL", told, "Apache-2.0", "pkg:generic/openssl", within, apache)
    if within == "sqlcipher3":
        import sqlcipher3  # noqa: PLC0415 - only it knows the version of what lies in it

        connection = sqlcipher3.connect(":memory:")
        cipher = str(connection.execute("PRAGMA cipher_version").fetchone()[0]).split()[0]
        connection.close()
        texts = _texts("sqlcipher.txt")
        yield Component("SQLCipher", cipher, "BSD-3-Clause", "pkg:generic/sqlcipher", within, texts)
        yield Component(
            "SQLite", sqlcipher3.sqlite_version, "blessing", "pkg:generic/sqlite", within
        )


def _python() -> Component:
    library = Path(sysconfig.get_path("stdlib"))
    beside = Path(sys.base_prefix)
    of_debian = Path(
        f"/usr/share/doc/libpython{platform.python_version_tuple()[0]}.11-stdlib/copyright"
    )
    candidates = (library / "LICENSE.txt", beside / "LICENSE.txt", of_debian)
    text = next((path.read_text(encoding="utf-8") for path in candidates if path.exists()), "")
    texts = (("LICENSE", text),) if text else ()
    return Component(
        "Python", platform.python_version(), "PSF-2.0", "pkg:generic/python", texts=texts
    )


def _fonts() -> Component:
    """Name the fonts with the version in their table ``name`` (OpenType 1.9)."""
    folder = ROOT / "resources" / "fonts"
    name_table = (folder / "NotoSansSC-Regular.ttf").read_bytes().decode("utf-16-be", "ignore")
    shifted = (folder / "NotoSansSC-Regular.ttf").read_bytes()[1:].decode("utf-16-be", "ignore")
    version = _FONT_VERSION.search(name_table) or _FONT_VERSION.search(shifted)
    text = (folder / "OFL.txt").read_text(encoding="utf-8")
    told = version[1] if version else ""
    return Component(
        "Noto Sans SC", told, "OFL-1.1", "pkg:generic/noto-sans-sc", texts=(("OFL.txt", text),)
    )


@cache
def _texts(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, (TEXTS / name).read_text(encoding="utf-8")) for name in names)
