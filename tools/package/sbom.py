"""Write the bill of materials of a built folder as CycloneDX JSON.

Usage: ``python -m tools.package.sbom dist/medcounter``. The bill lies beside
the folder, as dist/medcounter.cdx.json. The same folder gives the same bytes.
"""

import argparse
import importlib.metadata
import json
import os
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.package.inventory import COMPONENTS, OURSELVES

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562: names that are URLs


class BillInvalidError(Exception):
    """The bill does not keep to the CycloneDX schema."""


def bill(parts: Iterable[dict[str, str]], version: str, made_at: int) -> str:
    """Return the bill of these parts.

    Args:
        parts: Name, version, licence, origin, and the part that each lies within.
        version: Of the program.
        made_at: Seconds since 1970.

    Raises:
        BillInvalidError: What came out is not CycloneDX 1.6.
    """
    parts = list(parts)
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(made_at, UTC)
    bom.metadata.component = ourselves = Component(
        name=OURSELVES, version=version, type=ComponentType.APPLICATION, bom_ref=OURSELVES
    )
    made = {_reference(part): _component(part) for part in parts}
    holders = {part["name"]: made[_reference(part)] for part in parts if not part["within"]}
    for part in parts:
        bom.components.add(made[_reference(part)])
        holder = holders.get(part["within"], ourselves)
        bom.register_dependency(holder, [made[_reference(part)]])
    content = json.dumps(parts, sort_keys=True)
    bom.serial_number = uuid.uuid5(_NAMESPACE, f"{version} {made_at} {content}")
    told: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(
        indent=1
    )
    if (error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(told)) is not None:
        raise BillInvalidError(error)
    return told + "\n"


def _reference(part: dict[str, str]) -> str:
    return "/".join(filter(None, (part["within"], f"{part['name']}@{part['version']}")))


def _component(part: dict[str, str]) -> Component:
    kind, _, name = part["origin"].removeprefix("pkg:").partition("/")
    namespace, _, name = name.rpartition("/")
    url = PackageURL(kind, namespace or None, name, part["version"] or None)
    return Component(
        name=part["name"],
        version=part["version"] or None,
        licenses=[LicenseFactory().make_from_string(part["licence"])],
        purl=url,
        bom_ref=_reference(part),
    )


def main() -> None:
    """Write the bill beside the folder."""
    parser = argparse.ArgumentParser(description="Write the bill of materials of a built folder.")
    parser.add_argument("folder", type=Path, help="the built program")
    folder: Path = parser.parse_args().folder
    listed = next(folder.rglob(f"resources/{COMPONENTS}"))
    parts = json.loads(listed.read_text(encoding="utf-8"))
    version = importlib.metadata.version(OURSELVES)
    made_at = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    target = folder.with_suffix(".cdx.json")
    target.write_text(bill(parts, version, made_at), encoding="utf-8")
    print(f"{target}: {len(parts)} parts")


if __name__ == "__main__":
    main()
