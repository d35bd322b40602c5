"""Writes the page of a public check piece by piece: how far it has come, and at its end the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread

import structlog
from markupsafe import escape

from intake.errors import IntakeError, safe_message, source_location
from intake.extract.reader import Progress
from intake.pipeline.checks.public_check import Files, PublicCheck, SeveralMessagesError
from intake.render import plain
from intake.render.html import entries_shown, page_facts
from intake.render.templates import reports
from intake.web.check.check_once import Once
from intake.web.check.check_room import Room

_PATIENCE_SECONDS = 10.0
"""After so long without a word, the page says that it goes on, so that no proxy gives it up."""
SEVERAL = (
    "There is a whole mail among several files. Check one mail by itself, or the workbook and its documents without it."
)
_OUR_FAULT = "Something went wrong on our side, and it has been logged. Nothing of yours was kept."
_TITLE = "Check of a submission to the Central Products List"

log = structlog.get_logger()


def written(public: PublicCheck, room: Room, once: Once, files: Files, done: Callable[[], None]) -> Iterator[str]:
    """Begin a check in a thread of its own, which comes to its end whoever has gone; gives the page as it grows.

    Args:
        public: what checks.
        room: where a turn is waited for.
        once: what is being checked already.
        files: name and content of each.
        done: is called when the check has ended.
    """
    pieces: SimpleQueue[tuple[str, bool]] = SimpleQueue()
    Thread(target=_check, args=(public, room, once, files, pieces, done), name="public check", daemon=True).start()
    return _page(pieces)


def _page(pieces: SimpleQueue[tuple[str, bool]]) -> Iterator[str]:
    yield reports().get_template("check_begin.html").render(title=_TITLE, again=True)
    yield '<div class="progress" role="status">\n<p>Your files have arrived.</p>\n'
    last = False
    while not last:
        try:
            text, last = pieces.get(timeout=_PATIENCE_SECONDS)
        except Empty:
            text, last = "<p>Still at work …</p>\n", False
        if last:
            yield "</div>\n"
        yield text


def _check(
    public: PublicCheck,
    room: Room,
    once: Once,
    files: Files,
    pieces: SimpleQueue[tuple[str, bool]],
    ended: Callable[[], None],
) -> None:
    def progress(done: int, of: int, name: str) -> None:
        if name:
            shown = escape(plain.bounded(plain.one_line(name)))
            pieces.put((f"<p>Reading {done + 1} of {of}: {shown}</p>\n", False))

    def made() -> str:
        with room.turn():
            return _report(public, files, progress)

    end = _sentence(_OUR_FAULT)
    try:
        end = once.made(files, made)
    except SeveralMessagesError:
        end = _sentence(SEVERAL)
    except IntakeError as error:
        log.error("unreachable", path="/check", error=str(error), hint=error.hint)  # noqa: TRY400  # one line
        end = _sentence("This cannot be checked just now. Please try again in a minute.")
    except Exception as error:  # noqa: BLE001  # our bug: logged in one line, told in plain words
        log.error("page_failed", path="/check", error=safe_message(error), where=source_location(error))  # noqa: TRY400  # likewise
    finally:
        ended()
        pieces.put((end, True))


def _report(public: PublicCheck, files: Files, progress: Progress) -> str:
    checked = public.check(files, progress)
    for fault in checked.faults:
        log.error("reader_stumbled", path="/check", error=fault.kind, where=fault.place)
    dossier, report, outcome = checked.dossier, checked.report, checked.outcome
    entries = entries_shown(dossier, report, outcome)
    pictures, more = public.pictures(files, checked, entries)
    facts = page_facts(dossier, report, outcome, entries)
    page = reports().get_template("check_report.html")
    return page.render(**facts, trouble=checked.trouble, pictures=pictures, more=more)


def _sentence(text: str) -> str:
    return (
        f'<main id="report">\n<h1>Not checked</h1>\n<p class="verdict return" role="alert">{escape(text)}</p>\n'
        '<p><a href="/check">Choose the files again</a></p>\n</main>\n</body>\n</html>\n'
    )
