"""The read-only feed: the very files of the published folder, whole or a part; nobody signs in for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from starlette.responses import Response

from intake.publication.files import CHANGES_JSON, ENTRIES_JSON
from intake.web.feed.feed_answers import ASK_AGAIN, FOR_EVER, feed_problem, media_of, no_such_address, send, send_file
from intake.web.feed.feed_folder import CURRENT, SIGNATURES, FeedFolder, in_order
from intake.web.feed.feed_parts import entries_of, merged, of_entries, part, rows_after
from intake.web.feed.feed_query import FeedQuery, UnknownQueryError, read_query
from intake.web.page_request import PageRequest

PARTED = frozenset({ENTRIES_JSON, CHANGES_JSON})
"""Files of which parts can be had."""


class _AbsentError(Exception):
    """It is not there; the text is a sentence for whoever asked."""


def show_beside(page_request: PageRequest) -> Response:
    """Send a file that lies beside the versions."""
    return _answered(_beside, page_request)


def show(page_request: PageRequest) -> Response:
    """Send a file of a version, or a part of it."""
    return _answered(_of_version, page_request)


def show_nothing(_page_request: PageRequest) -> Response:
    """Say that the feed has no such address, where a slash too many would else lead on."""
    return no_such_address()


def _answered(page: Callable[[PageRequest, FeedFolder], Response], page_request: PageRequest) -> Response:
    config = page_request.services.config
    try:
        return page(page_request, FeedFolder(config.path(config.publish.folder)))
    except UnknownQueryError as error:
        return feed_problem(400, "The parameters cannot be used", str(error))
    except _AbsentError as error:
        return feed_problem(404, "There is nothing here", str(error))
    except OSError:
        return feed_problem(503, "It cannot be read just now", "The published folder does not answer. Try again.")


def _beside(page_request: PageRequest, folder: FeedFolder) -> Response:
    read_query(page_request.request, ())
    path = folder.beside(page_request.request.path_params["name"])
    if path is None:
        raise _absent(folder, "Beside the versions lie latest.json and openapi.json.")
    return send_file(page_request.request, path, ASK_AGAIN)


def _of_version(page_request: PageRequest, folder: FeedFolder) -> Response:
    wanted, name = page_request.request.path_params["version"], page_request.request.path_params["name"]
    query = read_query(page_request.request) if name in PARTED else read_query(page_request.request, ())
    version = folder.version(wanted)
    if version is None:
        raise _absent(folder, "There is no such version of the list.")
    if query is not None:
        content = _part(folder, version, name, query)
        return send(page_request.request, content, ASK_AGAIN, {"Content-Type": media_of(name)})
    stays = wanted != CURRENT and name not in SIGNATURES
    return send_file(page_request.request, _file(folder, version, name), FOR_EVER if stays else ASK_AGAIN)


def _part(folder: FeedFolder, version: str, name: str, query: FeedQuery) -> bytes:
    if query.as_of is not None:
        then = folder.as_of(query.as_of, version)
        if then is None:
            message = f"No version in the feed had been issued by {query.as_of.isoformat()}."
            raise _AbsentError(message)
        version = then
    path = _file(folder, version, name)
    return part(path, _rows(folder, version, path, query), query.limit)


def _rows(folder: FeedFolder, version: str, path: Path, query: FeedQuery) -> Iterator[bytes]:
    if query.since is None:
        return rows_after(path, query.after)
    changes = merged(_changes_since(folder, query.since, version), query.after)
    return changes if path.name == CHANGES_JSON else of_entries(rows_after(path, query.after), entries_of(changes))


def _changes_since(folder: FeedFolder, since: str, version: str) -> Sequence[Path]:
    """The files of changes from one version, which need not be in the feed itself, to another, without a gap."""
    between = [released for released in folder.released() if in_order(since) < in_order(released) <= in_order(version)]
    heads = [folder.head(released) for released in between]
    linked = [since, *between[:-1]] if between else []
    is_known = bool(between) or since == version
    if not is_known or any(head is None or head.before != before for head, before in zip(heads, linked, strict=True)):
        message = f"The feed has no complete record from version {since} to {version}."
        raise _AbsentError(message)
    return [_file(folder, released, CHANGES_JSON) for released in between]


def _file(folder: FeedFolder, version: str, name: str) -> Path:
    path = folder.path(version, name)
    if path is None:
        message = f"Version {version} has no such file."
        raise _AbsentError(message)
    return path


def _absent(folder: FeedFolder, otherwise: str) -> _AbsentError:
    return _AbsentError("No version of the list has been published here yet." if folder.newest() is None else otherwise)
