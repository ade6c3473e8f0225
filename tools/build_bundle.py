"""Join the parts of the rules into the bundle that ships with the program.

Usage: ``python tools/build_bundle.py [--check]``. Writes
``resources/bundle.json``, the hash the program trusts it by, and the nation's
part into each test bundle, so that ``--bundle`` can name its folder alone.
With ``--check`` nothing is written; the exit code is 1 when one is stale.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from medcounter.errors import MedCounterError  # noqa: E402 - the checkout's own medcounter
from medcounter.rules.load import join_parts, read_bundle  # noqa: E402 - as above

PARTS = ROOT / "resources" / "bundles"
BUNDLE = ROOT / "resources" / "bundle.json"
TEST_BUNDLES = ("qingdao-2027", "shaanxi-city-2026")
NATION = "national.json"
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
    nation = (parts / NATION).read_bytes()
    tests = ROOT / "tests" / "data" / "bundles"
    return {
        BUNDLE: payload,
        HASH_MODULE: _MODULE.format(sha256=sha256).encode(),
        **{tests / name / NATION: nation for name in TEST_BUNDLES},
    }


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
