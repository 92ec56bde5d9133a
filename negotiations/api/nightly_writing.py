"""Writes a set of nightly files: everything and each negotiation, in every form, from one view."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.utils import timezone

from negotiations.api.formats import FORMATS, is_offered
from negotiations.api.nightly import (
    CHECKPOINT,
    MANIFEST,
    SUMS,
    TEXT,
    NightlyFile,
    NightlySet,
    names,
)
from negotiations.api.nouns import TABLES, table_of
from negotiations.api.openapi_exports import GZIP
from negotiations.api.rendering import encode
from negotiations.operations.jobs import progress
from negotiations.queries.clocks import Clocks, clocks_used, read_clocks
from negotiations.queries.exports import RECORD, chunks, entries, reached, slugs
from negotiations.queries.proofs import checkpoint
from negotiations.queries.standstill import Standstill

# How many tables are written, of how many.
Tell = Callable[[int, int], None]
logger = logging.getLogger(__name__)
FORMAT_VERSION = 1
# What has this at the end of its name is not to be read: it is being written or thrown away.
_HIDDEN = ".unfinished"
_GZIP = 31  # zlib's word for the gzip form, without a date: the same rows give the same bytes
_PACKED = {"ndjson": GZIP, "csv": GZIP}


class Underway(RuntimeError):
    """Another run is writing into the same folder."""


def start_writing() -> Thread:
    """Write a set in a process of its own, and do not wait for it: what is returned does.

    A run that fails is an error in the log of this process, beside its own words there.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "export"]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    watch = Thread(target=_watch, args=(child,), daemon=True)
    watch.start()
    return watch


def _watch(child: subprocess.Popen[bytes]) -> None:
    if child.wait() != 0:
        logger.error("the nightly files were not written: the run ended with %s", child.returncode)


def write_set(root: Path) -> Path:
    """Write a set below `root` and throw away those beyond EXPORT_KEEP; the set's folder.

    What earlier runs left unfinished is cleared away. Raises Underway; whatever goes wrong, the
    sets that were there stay.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        _clear(root)
        with (
            progress("export", clock=timezone.now) as told,
            Standstill() as view,
            view.meanwhile() as outside,
        ):

            def tell(done: int, total: int) -> None:
                with outside():  # nothing can be written in the view
                    told(done, total=total)

            # After the view was taken: nothing in it was published later.
            made = _write(root, now=timezone.now(), tell=tell)
        _forget(root, keep=settings.EXPORT_KEEP)
    return made


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Underway(f"another run is writing into {root}") from None
        yield


def _write(root: Path, *, now: datetime, tell: Tell = lambda *_: None) -> Path:
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=now, zone=settings.DESK_ZONE)
    number = reached(clocks.as_of)
    made = root / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{number}"
    if made.exists():  # of this very second, and so of these very rows
        return made
    draft = made.with_name(made.name + _HIDDEN)
    draft.mkdir()
    told = NightlySet(
        name=made.name,
        format_version=FORMAT_VERSION,
        generated_at=now,
        ledger_number=number,
        clocks=clocks_used(clocks),
        files=(*_files(draft, clocks=clocks, tell=tell), *_ledger(draft, to=number)),
    )
    _keep(draft / MANIFEST, encode(told))
    sums = {one.name: one.sha256 for one in told.files}
    sums[MANIFEST] = hashlib.sha256(encode(told)).hexdigest()
    _keep(draft / SUMS, "".join(f"{sha}  {name}\n" for name, sha in sums.items()).encode())
    _sync(draft)
    draft.rename(made)
    _sync(root)
    return made


def _files(folder: Path, *, clocks: Clocks, tell: Tell) -> Iterator[NightlyFile]:
    wanted = [
        (noun, negotiation)
        for negotiation in (None, *slugs(clocks=clocks))
        for noun in (TABLES.values() if negotiation is None else RECORD)
    ]
    for done, (noun, negotiation) in enumerate(wanted):
        tell(done, len(wanted))
        yield from _table(folder, noun, negotiation, clocks=clocks)
    tell(len(wanted), len(wanted))


def _table(
    folder: Path, noun: str, negotiation: str | None, *, clocks: Clocks
) -> Iterator[NightlyFile]:
    """The rows are read once, and written in every form."""
    forms = [name for name in FORMATS if is_offered(name)]
    rows = 0
    with ExitStack() as opened:
        files = []
        for form in forms:
            name = ".".join(filter(None, (negotiation, table_of(noun))))
            files.append(opened.enter_context(_File(folder, name, form, noun)))
        for records in chunks(noun, clocks=clocks, negotiation=negotiation, ahead=True):
            rows += len(records)
            for file in files:
                file.write(file.writer.more(records))
    for file in files:
        yield _told(file, table=table_of(noun), negotiation=negotiation, rows=rows)


def _told(file: _File, *, table: str, negotiation: str | None, rows: int) -> NightlyFile:
    return NightlyFile(
        name=file.name,
        table=table,
        negotiation=negotiation,
        extension=file.extension,
        media_type=file.media_type,
        rows=rows,
        bytes=file.bytes,
        sha256=file.sha256.hexdigest(),
    )


def _ledger(folder: Path, *, to: int) -> Iterator[NightlyFile]:
    """All entries up to that public act, and the checkpoint that seals them."""
    rows = 0
    with _File(folder, "ledger", "ndjson", "act") as file:
        for some in entries(to=to):
            rows += len(some)
            file.write(file.writer.more(some))
    yield _told(file, table="ledger", negotiation=None, rows=rows)
    note = checkpoint(to or None).note.encode()
    _keep(folder / CHECKPOINT, note)
    yield NightlyFile(
        name=CHECKPOINT,
        table="checkpoint",
        negotiation=None,
        extension="txt",
        media_type=TEXT,
        rows=1,
        bytes=len(note),
        sha256=hashlib.sha256(note).hexdigest(),
    )


class _File:
    """A file in the making, packed where it is text; counted and hashed on its way."""

    def __init__(self, folder: Path, name: str, form: str, noun: str) -> None:
        self.writer = FORMATS[form].writer(noun)
        self.media_type = _PACKED.get(form, FORMATS[form].media_type)
        self._pack = zlib.compressobj(wbits=_GZIP) if form in _PACKED else None
        self.extension = f"{form}.gz" if self._pack else form
        self.name = f"{name}.{self.extension}"
        self.sha256, self.bytes = hashlib.sha256(), 0
        self._out = (folder / self.name).open("wb")

    def write(self, piece: bytes) -> None:
        self._put(self._pack.compress(piece) if self._pack else piece)

    def _put(self, piece: bytes) -> None:
        self.sha256.update(piece)
        self.bytes += len(piece)
        self._out.write(piece)

    def __enter__(self) -> _File:
        self.write(self.writer.begin())
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        with self._out:
            if kind is None:
                self.write(self.writer.end())
                self._put(self._pack.flush() if self._pack else b"")
                self._out.flush()
                os.fsync(self._out.fileno())


def _keep(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _clear(root: Path) -> None:
    for left in root.glob(f"*{_HIDDEN}"):
        shutil.rmtree(left)


def _forget(root: Path, *, keep: int) -> None:
    for name in names(root)[max(keep, 1) :]:
        (root / name).rename(root / f"{name}{_HIDDEN}")
    _clear(root)
