"""Run roots of another processor than this machine's, by qemu's user emulation.

The kernel starts qemu for a foreign program by itself once binfmt_misc knows
it; Debian's qemu-user-static registers that. Root on Debian is enough.
"""

import os
import subprocess
import sys
from pathlib import Path

# This machine's own programs, as a root sees them that was lent them.
HOST = "/opt/host"
# The compilers of Debian that write for another processor, by its Debian name.
LENT = {"arm64": "aarch64-linux-gnu-gcc", "amd64": "x86_64-linux-gnu-gcc"}
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
_REGISTERED = Path("/proc/sys/fs/binfmt_misc")


def architecture_here() -> str:
    """Return this machine's processor by its Debian name."""
    return _MACHINES[os.uname().machine]


def require_emulation(architecture: str) -> None:
    """Require that programs of a processor run here, or end and say what to install.

    Args:
        architecture: The processor by its Debian name.
    """
    if architecture == architecture_here():
        return
    if not (_REGISTERED / "status").exists():
        subprocess.run(["mount", "-t", "binfmt_misc", "none", _REGISTERED], check=False)
    machine = next(name for name, debian in _MACHINES.items() if debian == architecture)
    if not (_REGISTERED / f"qemu-{machine}").exists():
        sys.exit(
            f"Programs for {architecture} do not run here. Have these Debian packages installed, "
            "then run this again:\n  apt-get install qemu-user-static binfmt-support"
        )
