"""Takes a message apart: its attachments and the signatures around them, its first lines, what it reports.

The parser that the stdlib uses by default (`compat32`) gives structure and bytes; its newer policies parse headers
eagerly and can be made to raise. The tree is walked with a stack and with bounds, so that no message can exhaust it.
What lies inside a signature is read from the very bytes that were verified (RFC 8551, RFC 1847).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from email import errors
from email.message import Message

from intake import faults
from intake.domain.header_text import readable
from intake.extract.mail import bodies, calendar, msgfile, signedparts, tnef
from intake.extract.mail.carried import ORDINARY, Mail, MimeLimits, Part
from intake.extract.mail.content import content_of
from intake.extract.mail.coverings import Coverings, Homes, covering
from intake.extract.mail.entities import body_of
from intake.extract.mail.filenames import default_name, stated_name, unique
from intake.extract.mail.gather import BADLY_ENCODED, TOO_MANY, gathered
from intake.extract.mail.lexed import ENCODED, encoding_of, is_message
from intake.extract.mail.messagefiles import has_no_headers, is_a_message, is_message_file, messages_in
from intake.extract.mail.opening import Opening
from intake.extract.mail.parsing import NO_MESSAGE, SEVERAL, parsed, parts_declared, troubles_of
from intake.extract.mail.report import children, has_report, read_report
from intake.extract.mail.standins import missing_by
from intake.extract.mail.unpack import Member
from intake.extract.mail.words import words_of
from intake.extract.mail.wrappers import is_package_of_outlook
from intake.extract.media import media_of
from intake.extract.unreadable import MESSAGE_FAULT

_ENCODING = (
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)

TOO_DEEP = "The message's parts are nested deeper than this service follows; the innermost were not read."
UNPARSABLE = "The message could not be taken apart, so a person must look at it."
LONG_HEADER = "A part of the message has a header too long to be read, so its name is not known."
ELSEWHERE = "The message only points to a file that lies elsewhere; nothing is fetched from there."
FRAGMENT = "The message is one piece of several that a mail program cut it into, so attachments are missing."
_ABSENT = {"message/external-body": ELSEWHERE, "message/partial": FRAGMENT}


def attachments(raw: bytes, limits: MimeLimits = ORDINARY) -> Mail:
    """Take a message apart, messages attached to it included.

    An attachment is whatever has a file name, is said to be an attachment, or is no text;
    the plain and HTML bodies are none. Nothing in the message makes this raise.

    Args:
        raw: the message as received.
        limits: how far it is taken apart.
    """
    raw, *others = messages_in(raw)
    if parts_declared(raw) > 2 * limits.parts:
        return Mail(troubles=(TOO_MANY,))
    try:
        walk, message = _Walk(limits), parsed(raw)
        walk.over([_Node(message, signedparts.raw_if_signed(raw))])
        mail = walk.mail()
        signatures = signedparts.with_sender(mail.signatures, str(message.get("from", "")))
        subject, report = readable(str(message.get("subject", ""))), read_report(message)
        reports = report is not None or has_report(message)
        noticed = missing_by(subject, walk.own_text(), mail.parts, reports=reports)
        troubles = (*mail.troubles, *([SEVERAL] if others else ()), *noticed)
        return replace(mail, signatures=signatures, report=report, troubles=troubles)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        ours = faults.is_ours(error, libraries=("email",))
        return Mail(troubles=(MESSAGE_FAULT if ours else UNPARSABLE,))


def opened(files: Sequence[tuple[str, bytes]], limits: MimeLimits = ORDINARY) -> Mail:
    """Take files as if they were attached: what S/MIME has wrapped is opened, a signature goes with its file."""
    walk = _Walk(limits)
    for name, content in files:
        walk.add_file(name, content)
    return walk.mail()


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of the traversal."""

    part: Message
    raw: bytes | None = None
    """Its own bytes with its headers, where they are needed and known."""
    number: str = ""
    """Such as ``1.2``, as IMAP counts (RFC 9051, 6.4.5)."""
    depth: int = 0
    homes: Homes = ()
    inside: tuple[int, ...] = ()
    """The signatures that it lies in."""
    carries: int | None = None
    """The signature that it is."""

    @property
    def kind(self) -> str:
        return self.part.get_content_type()


class _Walk:
    """One traversal of a message's MIME tree."""

    def __init__(self, limits: MimeLimits) -> None:
        self._limits = limits
        self._parts: list[Part] = []
        self._troubles: dict[str, None] = {}
        self._names: set[str] = set()
        self._coverings = Coverings()
        self._opening = Opening()
        self._opened: dict[int, Message] = {}
        """Each attached message that was opened, by its number."""
        self._carriers: dict[int, int] = {}
        """Which parts are signatures: the part's number to the signature's."""
        self._waiting: dict[int, _Node] = {}
        """Parts that are signatures around content, though not by their type or ending; opened at the end."""
        self._visited = 0
        self._rich_text = False
        """A package of Outlook's has a text of the mail's own that is not read."""

    def over(self, nodes: list[_Node]) -> None:
        stack = list(reversed(nodes))
        while stack:
            node = stack.pop()
            self._visited += 1
            if self._visited > self._limits.parts:
                self._say(TOO_MANY)
                break
            if node.depth > self._limits.depth:
                self._say(TOO_DEEP)
                continue
            stack.extend(reversed(self._enter(node)))

    def add_file(self, name: str, content: bytes) -> None:
        self._names.add(name.casefold())
        node = _Node(Message(), number=str(len(self._parts) + 1))
        self.over(self._open(node, self._add(Part(name, "", content))))

    def mail(self) -> Mail:
        self._open_signatures()
        parts, missing = gathered(
            (self._with_signatures(number, part) for number, part in enumerate(self._parts)), self._limits
        )
        if self._rich_text and not self._opening.own().strip():
            self._say(tnef.RICH_TEXT)
        troubles = dict.fromkeys((*self._troubles, *missing))
        return Mail(parts, tuple(troubles), self._coverings.at(()), self._opening.lines(), self._opening.text())

    def own_text(self) -> str:
        """Give the mail's own text above whatever it quotes."""
        return self._opening.own()

    def _with_signatures(self, number: int, part: Part) -> Part:
        if number in self._carriers:
            return replace(part, signatures=self._coverings.of(self._carriers[number]))
        if number in self._opened:
            part = replace(part, words=words_of(self._opened[number]))
        if own := self._coverings.at((number,)):
            return replace(part, signatures=own)
        if number in self._opened:
            return part
        if signedparts.may_be_detached(part.media_type, part.name, part.content):
            return self._with_file_beside(part)
        return part

    def _with_file_beside(self, signature: Part) -> Part:
        """A signature that lies beside files: it is of the one that it fits, whatever its name."""
        others = self._others(signature)
        named = signedparts.named_by(signature.name, list(others))
        name, signed = signedparts.open_beside(signature.content, others, named)
        if name is None:
            return signature
        return replace(signature, signatures=tuple(covering(facts, (name,)) for facts in signed.verified))

    def _others(self, signature: Part) -> dict[str, bytes]:
        return {
            part.name: part.content
            for number, part in enumerate(self._parts)
            if number not in self._carriers and part is not signature
        }

    def _open_signatures(self) -> None:
        """Open the files that are signatures around content which does not lie beside them, by whatever name."""
        for kept, node in self._waiting.items():
            part = self._parts[kept]
            others = self._others(part)
            there = signedparts.is_beside(part.content, others)
            if not there and signedparts.named_by(part.name, list(others)) is None:
                self.over(self._unwrap(node, kept))

    def _say(self, trouble: str) -> None:
        self._troubles.setdefault(trouble)

    def _enter(self, node: _Node) -> list[_Node]:
        """Keep a part if it is an attachment; gives the parts in it."""
        for trouble in troubles_of(node.part):
            self._say(trouble)
        if node.kind == signedparts.SIGNED and node.part.is_multipart():
            return self._signed(node)
        kept = self._visit(node)
        return self._inner(node) if kept is None else self._open(node, kept)

    def _open(self, node: _Node, kept: int) -> list[_Node]:
        """The parts in an attachment, by its number: a message, or what S/MIME has wrapped."""
        if node.carries is not None:
            self._carriers[kept] = node.carries
            return []
        if is_package_of_outlook(self._parts[kept].content):
            return self._package(node, kept)
        wrapped = self._is_wrapped(node.kind, kept)
        if not wrapped and signedparts.is_wrapped(self._parts[kept].content):
            self._waiting[kept] = node
        inner = self._unwrap(node, kept) if wrapped else self._attached(node, kept)
        if kept not in self._carriers:
            self._coverings.add_part(self._parts[kept].name, node.inside, node.homes)
        return inner

    def _attached(self, node: _Node, kept: int) -> list[_Node]:
        part = self._parts[kept]
        encoded = is_message(node.kind) and not node.part.is_multipart()
        if encoded and bodies.is_a_file(part.content):
            return []
        if encoded and media_of(part.content).kind != "message":
            self._say(NO_MESSAGE)
        if encoded or (not is_message(node.kind) and is_message_file(part)):
            inner = replace(node, depth=node.depth + 1, homes=(*node.homes, kept))
            return self._told(kept, self._open_file(inner, part.content))
        if not is_message(node.kind):
            return self._inner(node)
        within = replace(node, homes=(*node.homes, kept))
        return self._told(kept, self._begun_late(within, part.content) or self._inner(within))

    def _begun_late(self, node: _Node, content: bytes) -> list[_Node]:
        """An attached message before whose headers something stands, so that the library takes all of it for text."""
        if has_no_headers(node.part):
            if media_of(content).kind == "message":
                return self._open_file(replace(node, depth=node.depth + 1), content)
            self._say(NO_MESSAGE)
        return []

    def _package(self, node: _Node, kept: int) -> list[_Node]:
        """What Outlook's package says, and the messages attached within it; its files are taken out at the end."""
        carrier, package = self._parts[kept], tnef.opened(self._parts[kept].content)
        self._coverings.add_part(carrier.name, node.inside, node.homes)
        if package is None:
            return []
        for text in package.texts:
            self._opening.offer(tnef.text_part(text), inner=bool(node.homes), shown=True)
        self._rich_text = self._rich_text or bool(package.rich_text and not node.homes)
        within: list[_Node] = []
        for name, content in package.messages:
            called = unique(name, self._names, f"{carrier.name}/")
            within += self._attached(replace(node, part=Message()), self._add(Part(called, "message/rfc822", content)))
        return within

    def _told(self, kept: int, opened: list[_Node]) -> list[_Node]:
        """Remember the message that was opened, so that its own text can be told."""
        if len(opened) == 1:
            self._opened[kept] = opened[0].part
        return opened

    def _open_file(self, node: _Node, content: bytes) -> list[_Node]:
        """Open a message sent as a file; a failure leaves the other parts readable."""
        content = msgfile.as_mail(content) or content
        if parts_declared(content) > 2 * self._limits.parts:
            self._say(TOO_MANY)
            return []
        try:
            return [replace(node, part=parsed(message), raw=None) for message in messages_in(content)]
        except RecursionError:
            self._say(TOO_DEEP)
            return []

    def _inner(self, node: _Node) -> list[_Node]:
        """The parts in a part, each with its own bytes where they are needed."""
        inner = children(node.part)
        contents: tuple[bytes, ...] | None = None
        if node.raw is not None and inner:
            whole = is_message(node.kind)
            contents = (body_of(node.raw),) if whole else signedparts.slices_of(node.part, node.raw, len(inner))
        before = f"{node.number}." if node.number else ""
        return [
            replace(
                node,
                part=child,
                raw=contents[index] if contents and index < len(contents) else None,
                number=f"{before}{index + 1}",
                depth=node.depth + 1,
                carries=None,
            )
            for index, child in enumerate(inner)
        ]

    def _signed(self, node: _Node) -> list[_Node]:
        """The parts of a multipart/signed; the first is read from the bytes that were verified."""
        children = self._inner(node)
        raws = tuple(child.raw for child in children if child.raw is not None)
        second = children[1].part if len(children) > 1 else Message()
        kind = signedparts.kind_of_signature(second)
        contents = raws if len(raws) == len(children) else None
        opened = signedparts.open_multipart(node.part, contents, kind, content_of(second))
        number = self._coverings.add_signature(opened.verified, node.homes)
        if opened.content is not None:
            first = parsed(opened.content)
            children[0] = replace(children[0], part=first, raw=opened.content, inside=(*node.inside, number))
        if kind in signedparts.SIGNATURES:
            children[1] = replace(children[1], carries=number)
        return children

    def _is_wrapped(self, kind: str, kept: int) -> bool:
        ending = self._parts[kept].name.lower().endswith(signedparts.WRAPPED_ENDING)
        return kind in signedparts.CONTAINERS or ending

    def _unwrap(self, node: _Node, kept: int) -> list[_Node]:
        """Open an S/MIME container: a part of a mail, or a file; nothing where it is encrypted."""
        carrier = self._parts[kept]
        opened = signedparts.open_container(carrier.content)
        if opened is None or parts_declared(opened.content or b"") > 2 * self._limits.parts:
            return []
        content = opened.content
        if not opened.verified or (content is None and node.kind not in signedparts.CONTAINERS):
            # certificates alone; or it is of a file beside it, whatever its ending says
            self._parts[kept] = carrier if opened.verified else replace(carrier, signatures=())
            return []
        is_file = content is not None and not signedparts.is_entity(content)
        homes = (*node.homes, kept) if is_file else node.homes
        number = self._carriers[kept] = self._coverings.add_signature(opened.verified, homes)
        if content is None:
            return []
        inside = replace(node, homes=homes, inside=(*node.inside, number), depth=node.depth + 1)
        if not is_file:
            return [replace(inside, part=parsed(content), raw=signedparts.raw_if_signed(content))]
        if inside.depth > self._limits.depth:
            self._say(TOO_DEEP)
            return []
        name = unique(signedparts.unwrapped_name(carrier.name), self._names)
        return self._open(replace(inside, part=Message()), self._add(Part(name, "", content)))

    def _visit(self, node: _Node) -> int | None:
        """Keep a part if it is an attachment; gives its number."""
        part, media_type = node.part, node.kind
        if media_type in _ABSENT:
            self._say(_ABSENT[media_type])
            return None
        if part.is_multipart() and (node.homes or not is_message(media_type)):
            # A message inside an attached message is kept within the outer one's bytes; its attachments come later.
            return None
        name, disposition = self._header(part)
        if name or disposition == "attachment" or not bodies.is_no_file(media_type) or bodies.is_mistyped(part):
            return self._keep(node, name, disposition)
        self._coverings.add_part(f"part {node.number or 1} ({media_type})", node.inside, node.homes)
        if bodies.is_body(media_type):
            self._body(node)
        elif media_type in calendar.TYPES:
            self._files_in(node, calendar.files(content_of(part)))
        return None

    def _body(self, node: _Node) -> None:
        """Read a text body: its first lines and uuencoded files in it."""
        self._files_in(node, bodies.files_within(node.part))
        self._opening.offer(node.part, inner=bool(node.homes), shown=bodies.is_page(node.kind))

    def _files_in(self, node: _Node, files: Iterable[Member]) -> None:
        for member in files:
            self._add(Part(self._called(node, member.path, ""), "", member.content, trouble=member.trouble))

    def _keep(self, node: _Node, name: str, disposition: str | None) -> int:
        part, media_type = node.part, node.kind
        whole = part.is_multipart() and node.raw is not None and encoding_of(part) not in ENCODED
        content = body_of(node.raw) if whole and node.raw is not None else content_of(part)
        called = self._called(node, name, media_type)
        if calendar.is_calendar(called, media_type):
            self._files_in(node, calendar.files(content))
        notes = (BADLY_ENCODED,) if any(isinstance(defect, _ENCODING) for defect in part.defects) else ()
        picture = media_type.startswith("image/") and disposition != "attachment"
        inline = picture and (disposition == "inline" or "content-id" in part)
        return self._add(Part(called, media_type, content, inline, notes))

    def _called(self, node: _Node, stated: str, media_type: str) -> str:
        """Make a unique name, prefixed with the containing message's."""
        home = self._parts[node.homes[-1]] if node.homes else None
        prefix = f"{home.name}/" if home is not None and is_a_message(home) else ""
        return unique(stated or default_name(len(self._parts) + 1, media_type), self._names, prefix)

    def _add(self, part: Part) -> int:
        self._parts.append(part)
        return len(self._parts) - 1

    def _header(self, part: Message) -> tuple[str, str | None]:
        """The file name and the disposition that the part states."""
        if sum(len(name) + len(str(value)) for name, value in part.raw_items()) > self._limits.header_bytes:
            self._say(LONG_HEADER)
            return "", None
        return stated_name(part), part.get_content_disposition()
