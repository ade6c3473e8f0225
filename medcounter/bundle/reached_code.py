"""Names the code that a module reaches, whether its source is at hand or not.

The built program has no sources beside it; what counts is the code its loader gives.
"""

from __future__ import annotations

import dis
import hashlib
import marshal
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import CodeType

# Later formats also write how often an object is used elsewhere, which differs by run.
_MARSHAL = 2
_IMPORT_NAME = dis.opmap["IMPORT_NAME"]


def reached_code(module: str) -> dict[str, bytes]:
    """Hash the code of a module and of all of its package that it imports.

    Args:
        module: Its full name; what other packages bring is not looked at.

    Returns:
        Name of a module to the hash of its code; an import inside a function
        or for types alone counts too.
    """
    package = module.partition(".")[0]
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] != package:
            continue
        seen.add(name)
        code = _code(name)
        if code is not None:
            found[name] = hashlib.sha256(marshal.dumps(code, _MARSHAL)).digest()
            waiting += [name.rpartition(".")[0], *_imported(code)]
    return found


def _code(name: str) -> CodeType | None:
    """Return the code of a module; None where a name is of something inside one."""
    try:
        spec: ModuleSpec | None = find_spec(name)
    except ModuleNotFoundError:
        return None
    loader = None if spec is None else spec.loader
    if loader is None:
        return None
    # Every loader of Python's own and the built program's has it.
    code: CodeType | None = loader.get_code(name)  # type: ignore[attr-defined]  # see above
    return code


def _imported(code: CodeType) -> Iterator[str]:
    """Name what code imports, and what it takes from there: that may be a module too."""
    module = ""
    # Most code imports nothing, which its opcodes tell without being read as instructions.
    imports = _IMPORT_NAME in code.co_code[::2]
    for step in dis.get_instructions(code) if imports else ():
        if step.opname == "IMPORT_NAME":
            module = str(step.argval)
            yield module
        elif step.opname == "IMPORT_FROM":
            yield f"{module}.{step.argval}"
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _imported(inner)
