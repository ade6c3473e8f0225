"""Play the main job on the built folder, as on a machine without Python.

Usage: ``python -m tools.package.smoke dist/medcounter``. The program gets no
variable of this environment but a home of its own, and no screen.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Source: document 000 of the rules, Jiangxi 2025, its first worked example.
_FACTS = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}
_LIST = "姓名,证件号码\n吴建国,360103198807121237\n"
_COVERED_FROM = "2025-06-05"


class SmokeError(Exception):
    """The built program does not do what it is for."""


def run(program: Path, home: Path, *words: str, stdin: str = "") -> str:
    """Run the built program and return what it said.

    Raises:
        SmokeError: It failed, or complained.
    """
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    environment = kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    environment["MEDCOUNTER_DATA_DIR"] = str(home / "data")
    done = subprocess.run(
        [program.absolute(), *words],
        cwd=home,
        env=environment,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode or done.stderr:
        raise SmokeError(f"{words}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def check(program: Path) -> list[str]:
    """Play everything and return what was seen.

    Raises:
        SmokeError: Something was not as it must be.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        facts = json.dumps(_FACTS)
        answer = json.loads(run(program, home, "assess", stdin=facts))
        if answer["coverage"]["from"] != _COVERED_FROM:
            raise SmokeError(answer["coverage"])
        seen = ("--acknowledge", "past-day")
        named = ("--pdf", "specimen.pdf", "--name", "张三")
        run(program, home, "notice", "-", *named, *seen, stdin=facts)
        if not (home / "specimen.pdf").read_bytes().startswith(b"%PDF"):
            raise SmokeError("no specimen")
        (home / "list.csv").write_text(_LIST, encoding="utf-8")
        words = ("--region", "360000", "--year", "2025", "--on", "2025-03-05")
        run(program, home, "roster", "list.csv", "list.xlsx", *words)
        run(program, home, "access", "set-up", "--open")
        run(program, home, "ledger", "list")
        told = [run(program, home, "--version").strip()]
        # With a ledger: all that can be checked is.
        told += run(program, home, "selfcheck").splitlines()
        return [*told, run(program, home, "demo", str(home / "demo")).splitlines()[-1]]


def main() -> None:
    """Check the folder and say what was seen."""
    parser = argparse.ArgumentParser(description="Play the main job on the built folder.")
    parser.add_argument("folder", type=Path, help="the built program")
    folder: Path = parser.parse_args().folder
    end = ".exe" if os.name == "nt" else ""
    try:
        print("\n".join(check(folder / f"medcounter{end}")))
    except SmokeError as error:
        sys.exit(f"The built program fails.\n{error}")
    size = sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
    print(f"{folder}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
