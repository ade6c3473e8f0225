"""Join the parts of the rules into the bundle that ships with the program.

Usage: ``python tools/build_bundle.py [--check]``. Writes
``resources/bundle.json``, the hash the program trusts it by, and the nation's
part into each test bundle, so that ``--bundle`` can name its folder alone; and
every file of rules in the one layout that a draft is saved in.
With ``--check`` nothing is written; the exit code is 1 when one is stale.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from medcounter.authoring.document.canonical_layout import laid_out  # noqa: E402 - our own
from medcounter.errors import MedCounterError  # noqa: E402 - as above
from medcounter.rules.load import join_parts, read_bundle  # noqa: E402 - as above
from medcounter.strict_json import read_strict  # noqa: E402 - as above

PARTS = ROOT / "resources" / "bundles"
BUNDLE = ROOT / "resources" / "bundle.json"
TEST_BUNDLES = ("qingdao-2027", "shaanxi-city-2026")
NATION = "national.json"
# Written by hand; the broken ones among the test bundles stay as they are broken.
BY_HAND = (
    "resources/bundles/*.json",
    "docs/examples/*/*.json",
    "tests/data/bundles/*.json",
    *(f"tests/data/bundles/{name}/*.json" for name in (*TEST_BUNDLES, "peers")),
)
HASH_MODULE = ROOT / "medcounter" / "bundle" / "shipped_hash.py"
_MODULE = '''"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "{sha256}"
'''


def build(parts: Path) -> dict[Path, bytes]:
    """Give the files to be written, by path.

    Args:
        parts: Folder of the bundle's parts.

    Raises:
        BundleUnreadableError: They are no bundle.
    """
    payload = join_parts({path.name: path.read_bytes() for path in parts.glob("*.json")})
    read_bundle(payload)
    sha256 = hashlib.sha256(payload).hexdigest()
    nation = laid_out(read_strict((parts / NATION).read_bytes()))
    tests = ROOT / "tests" / "data" / "bundles"
    return {
        **{path: laid_out(read_strict(path.read_bytes())) for path in written_by_hand()},
        BUNDLE: payload,
        HASH_MODULE: _MODULE.format(sha256=sha256).encode(),
        **{tests / name / NATION: nation for name in TEST_BUNDLES},
    }


def written_by_hand() -> list[Path]:
    """List the files of rules that people write and read."""
    return [path for pattern in BY_HAND for path in sorted(ROOT.glob(pattern))]


def stale(files: dict[Path, bytes]) -> list[Path]:
    """List the files that are missing or hold something else."""
    return [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]


def main(arguments: list[str]) -> int:
    """Build or check; give the exit code."""
    try:
        files = build(PARTS)
    except MedCounterError as err:
        print(err.text, file=sys.stderr)
        return 1
    old = stale(files)
    for path in old:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is stale: run python tools/build_bundle.py")
        else:
            path.write_bytes(files[path])
            print(f"{path.relative_to(ROOT)} written")
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
