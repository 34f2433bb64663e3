"""The journal's file: opened by one thread, migrated with a copy kept, refused when it comes from a newer program."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from salespractice.journal.schema import NAME, migrations
from salespractice.problem import Problem

if TYPE_CHECKING:
    from sqlite_utils import Database

ResultT = TypeVar("ResultT")

BUSY = 5000  # milliseconds to wait for another program that writes


class JournalFile:
    """The database, owned by one thread; everything reaches it through `do`."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises `Problem` when it cannot be used; the file is then left as it was."""
        self.path = path
        self._owner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._closed = False
        try:
            self._db: Database = self._owner.submit(_open, path).result()
        except BaseException:
            self._owner.shutdown()
            raise

    def do(self, work: Callable[[Database], ResultT]) -> ResultT:
        """Run `work` in the owner thread, in one transaction, and wait for it. All of it happens or nothing."""
        return self.later(work).result()

    def later(self, work: Callable[[Database], ResultT]) -> Future[ResultT]:
        """The same without waiting."""
        return self._owner.submit(self._in_transaction, work)

    def close(self) -> None:
        """Finish what was asked for and close the file. May be called twice."""
        if not self._closed:
            self._closed = True
            self._owner.submit(self._db.close).result()
            self._owner.shutdown()

    def _in_transaction(self, work: Callable[[Database], ResultT]) -> ResultT:
        with _told_plainly(self.path), self._db.atomic():
            return work(self._db)


def _open(path: Path) -> Database:
    with _told_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        existed = path.is_file() and path.stat().st_size > 0
        try:
            return _connected(path, existed)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_IOERR_SHM"):
                raise
            # A full disk has no room for the small file through which programs share the write-ahead log. One program
            # alone does without, so what was practised can still be read.
            return _connected(path, existed, alone=True)


def _connected(path: Path, existed: bool, *, alone: bool = False) -> Database:
    import sqlite_utils

    db = sqlite_utils.Database(path)
    try:
        db.execute(f"pragma busy_timeout = {BUSY}")
        if alone:
            db.execute("pragma locking_mode = exclusive")
        _refuse_newer(db, path)
        if migrations().pending(db):
            if existed:
                _keep_copy(db, path)
            migrations().apply(db)
        db.enable_wal()
        for pragma in ("foreign_keys = on", "synchronous = normal", "secure_delete = on"):
            db.execute(f"pragma {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _refuse_newer(db: Database, path: Path) -> None:
    table = db.table("_sqlite_migrations")
    if not table.exists():
        if db.table_names():
            raise Problem(
                f"{path} is a database, but not a journal.",
                way_out="Choose another data folder, or move this file away.",
            )
        return
    ours = {migration.name for migration in migrations()._migrations}
    theirs = {row["name"] for row in table.rows_where("migration_set = ?", [NAME])}
    if theirs - ours:
        raise Problem(
            "The journal was written by a newer SalesPractice.",
            f"{path} knows of changes that this program does not: {', '.join(sorted(theirs - ours))}.",
            "Install the newer program, or choose another data folder with --data. Nothing was changed.",
        )


def _keep_copy(db: Database, path: Path) -> None:
    """A copy beside the file before its tables change; the write-ahead log is folded in first."""
    db.execute("pragma wal_checkpoint(truncate)")
    shutil.copy2(path, path.with_name(f"{path.stem}.before-upgrade{path.suffix}"))


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Problem(f"The journal cannot be used: {error}.", str(path), _way_out(str(error), path)) from error
    except sqlite3.DatabaseError as error:
        raise Problem(
            "The journal's file is damaged.",
            f"{path}: {error}.",
            "Move the file away (do not delete it) and start again, or restore a backup. The takes are not affected.",
        ) from error
    except OSError as error:
        raise Problem(
            f"The data folder {path.parent} cannot be used.", str(error), _way_out(str(error), path)
        ) from error


def _way_out(message: str, path: Path) -> str:
    if "full" in message or "No space" in message:
        return f"Free some space on the disk that holds {path.parent}. What was saved before is safe."
    if "locked" in message:
        return "Another program is using the journal. Close it, then try again."
    return f"Check that you may write to {path.parent}, or choose another data folder with --data."
