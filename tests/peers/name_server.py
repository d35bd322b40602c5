"""A name server on this machine that knows the TXT records it is given, and is silent about some names."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

LONGEST_STRING = 255


@contextmanager
def name_server(records: Mapping[str, str], *, silent: Collection[str] = ()) -> Iterator[str]:
    """Serve; gives address and port."""

    class Asked(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, answering = self.request
            query = dns.message.from_wire(packet)
            name = query.question[0].name.to_text(omit_final_dot=True).lower()
            if name in silent:
                return
            answer = dns.message.make_response(query)
            answer.flags |= dns.flags.AA
            if name in records:
                answer.answer.append(_record(name, records[name]))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            answering.sendto(answer.to_wire(), self.client_address)

    class Server(socketserver.ThreadingUDPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _record(name: str, text: str) -> dns.rrset.RRset:
    strings = [text[at : at + LONGEST_STRING] for at in range(0, len(text), LONGEST_STRING)]
    quoted = " ".join(f'"{string}"' for string in strings)
    return dns.rrset.from_text(f"{name}.", 60, "IN", dns.rdatatype.TXT, quoted)
