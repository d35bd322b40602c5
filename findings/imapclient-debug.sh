#!/usr/bin/env bash
# imapclient 4.1.0 runs imaplib at debug level 5, whatever the program's log level is.
#
# Expected: nothing is formatted that nobody logs.
# Seen:     level 5 right after the constructor, at which imaplib formats every line it reads, bodies included; with
#           logging at DEBUG whole messages stand in the log.
# Caller:   client._imap.debug = 0 as the first thing after the constructor.
. "$(dirname "$0")/lib.sh"
pip_packages imapclient==4.1.0
observe python - <<'PYTHON'
import imaplib
import logging
import socket
import threading
from imapclient import IMAPClient

logging.basicConfig(level=logging.ERROR)
server = socket.create_server(("127.0.0.1", 0))

def serve():
    connection, _ = server.accept()
    connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    for line in connection.makefile("rb"):
        connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" + line.split()[0] + b" OK done\r\n")

threading.Thread(target=serve, daemon=True).start()
client = IMAPClient("127.0.0.1", port=server.getsockname()[1], ssl=False)
print("imaplib:", imaplib.Debug, "imapclient:", client._imap.debug)
PYTHON
seen <<'SEEN'
imaplib: 0 imapclient: 5
SEEN
