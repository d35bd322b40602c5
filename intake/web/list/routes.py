"""Every address of the list's pages, and whom it is for."""

from __future__ import annotations

from intake.web.gate import Access, Page
from intake.web.list import (
    answers,
    browse,
    change,
    change_new,
    changes,
    compare,
    entry,
    file,
    loader,
    model,
    version_letters,
    versions,
)
from intake.web.list import next as next_page

GET: tuple[tuple[str, Page, Access], ...] = (
    ("/list", browse.show, Access.SIGNED_IN),
    ("/list/change/new", change_new.show, Access.CHANGES_LIST),
    ("/list/changes", changes.show, Access.SIGNED_IN),
    ("/list/changes/{change:int}", change.show, Access.SIGNED_IN),
    ("/list/next", next_page.show, Access.SIGNED_IN),
    ("/list/loader", loader.show, Access.SIGNED_IN),
    ("/list/loader/new", loader.show_new, Access.DECIDES),
    ("/list/versions", versions.show_all, Access.SIGNED_IN),
    ("/list/versions/{version}", versions.show, Access.SIGNED_IN),
    ("/list/compare", compare.show, Access.SIGNED_IN),
    ("/list/files/{publication:int}/{name}/download", file.show, Access.EVIDENCE),
    ("/list/model/{number}", model.show, Access.SIGNED_IN),
    ("/list/{number}", entry.show, Access.SIGNED_IN),
)
POST: tuple[tuple[str, Page, Access], ...] = (
    ("/list/change/new", change_new.take, Access.CHANGES_LIST),
    ("/list/changes/{change:int}/agree", change.agree, Access.CHANGES_LIST),
    ("/list/changes/{change:int}/refuse", change.refuse, Access.CHANGES_LIST),
    ("/list/next/prepare", next_page.prepare, Access.DECIDES),
    ("/list/next/release", next_page.release, Access.DECIDES),
    ("/list/next/withdraw", next_page.withdraw, Access.DECIDES),
    ("/list/next/attach", answers.attach_to_prepared, Access.ATTACHES),
    ("/list/loader/new", loader.take, Access.DECIDES),
    ("/list/loader/{number:int}/agree", loader.agree, Access.DECIDES),
    ("/list/loader/{number:int}/refuse", loader.refuse, Access.DECIDES),
    ("/list/loader/{number:int}/end", loader.end, Access.DECIDES),
    ("/list/versions/{version}/attach", answers.attach, Access.ATTACHES),
    ("/list/versions/{version}/loaded", answers.loaded, Access.DECIDES),
    ("/list/versions/{version}/rejected", answers.rejected, Access.DECIDES),
    ("/list/versions/{version}/letters/{letter:int}/send", version_letters.send, Access.DECIDES),
    ("/list/versions/{version}/letters/{letter:int}/drop", version_letters.drop, Access.DECIDES),
)
