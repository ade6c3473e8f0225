"""The JSON Schema of a bundle, generated from the records."""

from __future__ import annotations

from functools import cache
from typing import Any

from medcounter.rules.bundle import Bundle


@cache
def bundle_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a joined bundle."""
    schema = Bundle.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
