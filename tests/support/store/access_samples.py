"""A folder with sign-in on, made once and copied for each test that wants it."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.sign_in import AUDITOR, CLERK, SUPERVISOR, Credential, NewClerk
from tests.support.store.store_samples import AT

LI, WANG, ZHAO = "李晓", "王敏", "赵主任"
SECRETS = {
    LI: "mian hua tian di",
    WANG: "shan shui hua niao",
    ZHAO: "bei feng chui xue",
}
CLERKS = (
    NewClerk(LI, CLERK, SECRETS[LI]),
    NewClerk(WANG, AUDITOR, SECRETS[WANG]),
    NewClerk(ZHAO, SUPERVISOR, SECRETS[ZHAO]),
)


@cache
def _made() -> tuple[Path, str]:
    folder = Path(tempfile.mkdtemp(prefix="medcounter-locked-")) / "data"
    begun = sign_in.begin(folder)
    begun.finish(CLERKS, begun.recovery_text, AT)
    return folder, begun.recovery_text


def locked_folder(destination: Path) -> str:
    """Put a folder with sign-in on at a place and give its recovery key."""
    folder, recovery_text = _made()
    shutil.copytree(folder, destination)
    return recovery_text


def pass_of(folder: Path, name: str = LI) -> Credential:
    """Sign in as one of the three."""
    return sign_in.sign_in(folder, name, SECRETS[name])
