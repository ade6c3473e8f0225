"""Whatever happens to the key files: the right key or a refusal, never anything else."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.desk.access import sign_in
from medcounter.desk.access.sign_in import LOCKED
from medcounter.errors import MedCounterError
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust.data_key import DataKey
from tests.support.store.access_samples import CLERKS, locked_folder

ROLES = {(clerk.name, clerk.role) for clerk in CLERKS}
Room = tuple[Path, str, DataKey, bytes]


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A locked folder, its recovery key, its data key and its key file."""
    with TemporaryDirectory() as made:
        folder = Path(made) / "data"
        recovery_text = locked_folder(folder)
        key = sign_in.recover(folder, recovery_text).key
        yield folder, recovery_text, key, DataFolder(folder).key_file.read_bytes()


def damaged(whole: bytes) -> st.SearchStrategy[bytes | None]:
    """A key file gone, whole, cut, with bytes flipped or put in, or another thing."""
    indexes = st.integers(0, len(whole) - 1)

    def flip(at: int, bit: int) -> bytes:
        return whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]

    def put_in(at: int, more: bytes) -> bytes:
        return whole[:at] + more + whole[at:]

    return st.one_of(
        st.none(),
        st.just(whole),
        indexes.map(lambda at: whole[:at]),
        st.builds(flip, indexes, st.integers(0, 7)),
        st.builds(put_in, indexes, st.binary(min_size=1, max_size=8)),
        st.binary(max_size=100),
    )


def put(path: Path, data: bytes | None) -> None:
    path.unlink(missing_ok=True) if data is None else path.write_bytes(data)


@settings(max_examples=300)
@given(data=st.data())
def test_any_damage_to_the_key_files_is_refused_or_the_right_key_opens(
    room: Room, data: st.DataObject
) -> None:
    folder, recovery_text, key, whole = room
    lying = [data.draw(damaged(whole)) for _ in range(2)]
    for path, each in zip(
        (DataFolder(folder).key_file, DataFolder(folder).key_copy), lying, strict=True
    ):
        put(path, each)
    try:
        state = sign_in.state(folder)
        opened = sign_in.recover(folder, recovery_text)
    except MedCounterError:
        # With one of the two whole nobody is kept out.
        assert whole not in lying
        return
    assert opened.key == key
    assert state.kind == LOCKED
    if whole in lying:
        assert set(state.clerks) == ROLES


@settings(max_examples=100)
@given(data=st.binary(max_size=200))
def test_any_bytes_in_the_file_of_tries_make_people_wait_and_nothing_else(
    room: Room, data: bytes
) -> None:
    folder, _, _, whole = room
    for path in (DataFolder(folder).key_file, DataFolder(folder).key_copy):
        path.write_bytes(whole)
    DataFolder(folder).tries.write_bytes(data)
    assert sign_in.state(folder).wait_seconds >= 0
