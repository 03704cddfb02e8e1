"""``yanapay serve`` and ``yanapay worker``: the site, its background work, and a clean end to both."""

import importlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from typing import Any

import click
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from yanapay.base import leases, schedule
from yanapay.base.storage import check_writable
from yanapay.cli.language import translate

TICK = 5.0
PATIENCE = 10.0  # seconds that a stopping worker may take to finish; its task is taken over later
log = logging.getLogger(__name__)


@click.command(help=translate("Serve the site, with its worker."))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=0, help=translate("Web processes; 0 decides by the database."))
def serve(host: str, port: int, workers: int) -> None:
    check_writable(settings.YANAPAY_HOME)
    _refuse_busy_port(host, port)
    background = Background()
    server = Server(
        "yanapay.config.wsgi:application", host, port, interface=Interfaces.WSGI,
        workers=workers or _web_processes(), blocking_threads=8, log_level=LogLevels.error,
        respawn_failed_workers=True, workers_kill_timeout=int(PATIENCE),
    )  # fmt: skip
    server.on_startup(background.start)
    server.on_startup(lambda: _announce(host, port))
    try:
        server.serve(target_loader=partial(_load_site, os.getpid()), wrap_loader=False)
    finally:
        background.stop()
        click.echo(translate("Stopped."))


def _load_site(parent: int) -> Any:
    """The application, loaded in a web process that ends with the process that started it."""
    threading.Thread(target=_end_with, args=[parent], daemon=True).start()
    return importlib.import_module("yanapay.config.wsgi").application


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _refuse_busy_port(host: str, port: int) -> None:
    """The server would share the port with another one without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _web_processes() -> int:
    """SQLite has one writer anyway; PostgreSQL can use every core."""
    return 1 if connection.vendor == "sqlite" else max(2, os.cpu_count() or 1)


def _announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else {"0.0.0.0": "localhost"}.get(host, host)  # noqa: S104
    text = translate("Yanapay answers at {address} (stop with Ctrl+C)")
    click.echo(text.format(address=settings.BASE_URL or f"http://{shown}:{port}/"))


class Background:
    """The worker beside the site: started with it, replaced when it dies, stopped with it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)

    def start(self) -> None:
        self._watch.start()

    def _keep_alive(self) -> None:
        """In a session of its own, so that Ctrl+C reaches it once, by :meth:`stop`."""
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "yanapay.cli.main", "worker", "--tied"]
            self._process = subprocess.Popen(command, start_new_session=True)  # noqa: S603
            self._process.wait()
            self._stopping.wait(1)

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()


@click.command(help=translate("Run background work only."))
@click.option("--tied", is_flag=True, hidden=True, help="End with the process that started it.")
@click.option("--until-idle", is_flag=True, help=translate("Stop when nothing waits any more."))
def worker(tied: bool, until_idle: bool) -> None:
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    name = leases.new_worker_name()
    with leases.held(name):
        leases.take_over()
        threading.Thread(target=_tick, args=[os.getppid() if tied else 0], daemon=True).start()
        run = Worker(
            queue_names=["*"], interval=0.5, batch=until_idle, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        run.configure_signals()
        run.run()


def _tick(parent: int) -> None:
    """Every few seconds: rescue the tasks of dead workers, run what is due, end with the parent."""
    while not parent or os.getppid() == parent:
        close_old_connections()
        try:
            leases.take_over()
            schedule.run_due(timezone.now())
        except Exception:
            log.exception("The tick failed")
        time.sleep(TICK)
    os.kill(os.getpid(), signal.SIGTERM)
