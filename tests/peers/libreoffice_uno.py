"""Runs under the system's Python, which has LibreOffice's bridge: does what it reads, a line of JSON each.

Reads ``{"do": "sign", "path": …, "serial": …}`` or ``{"do": "verify", "path": …}``;
writes ``{"ok": …}`` or ``{"error": …}``. `peers.libreoffice` starts it, and starts it anew when LibreOffice crashes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # only the system's Python has it
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # only LibreOffice's own Python has it

READ, READ_WRITE = 1, 7
OPEN_DOCUMENT = (".ods", ".odt")
_CONNECT_SECONDS = 40


def main(port: str) -> None:
    context = _connected(port)
    print(json.dumps({"ok": "ready"}), flush=True)  # noqa: T201  # this is how it speaks
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            path = Path(asked["path"])
            answer: dict[str, Any] = {
                "ok": _sign(context, path, asked["serial"]) if asked["do"] == "sign" else _verify(context, path)
            }
        except Exception as error:  # noqa: BLE001  # LibreOffice raises what it likes
            answer = {"error": f"{type(error).__name__}: {str(error)[:200]}"}
        print(json.dumps(answer), flush=True)  # noqa: T201  # the same


def _connected(port: str) -> Any:  # noqa: ANN401  # an untyped bridge
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _CONNECT_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _storage(context: Any, path: Path, mode: int) -> Any:  # noqa: ANN401  # an untyped bridge
    factory = context.ServiceManager.createInstanceWithContext("com.sun.star.embed.StorageFactory", context)
    properties = uno.Any("[]com.sun.star.beans.PropertyValue", (PropertyValue("StorageFormat", 0, "ZipFormat", 0),))
    return uno.invoke(factory, "createInstanceWithArguments", ((path.as_uri(), mode, properties),))


def _signer(context: Any, name: str = "com.sun.star.security.DocumentDigitalSignatures") -> Any:  # noqa: ANN401  # UNO has no types
    return context.ServiceManager.createInstanceWithArgumentsAndContext(name, ("1.3", True), context)


def _certificate(context: Any, serial: str) -> Any:  # noqa: ANN401  # an untyped bridge
    initializer = context.ServiceManager.createInstanceWithContext("com.sun.star.xml.crypto.SEInitializer", context)
    environment = initializer.createSecurityContext("").getSecurityEnvironment()
    for getpersonalcertificate in environment.getPersonalCertificates():
        if int.from_bytes(getpersonalcertificate.SerialNumber.value, "big") == int(serial):
            return getpersonalcertificate
    message = f"LibreOffice has no certificate with the serial number {serial}"
    raise LookupError(message)


def _sign(context: Any, path: Path, serial: str) -> bool:  # noqa: ANN401  # an untyped bridge
    certificate = _certificate(context, serial)
    if path.suffix not in OPEN_DOCUMENT:
        storage = _storage(context, path, READ_WRITE)
        done = _signer(context).signDocumentWithCertificate(certificate, storage, None)
        _commit(storage)
        return bool(done)
    # What is signed is read from one storage, and the signature written to a folder of another.
    reading, writing = _storage(context, path, READ), _storage(context, path, READ_WRITE)
    folder = writing.openStorageElement("META-INF", READ_WRITE)
    stream = folder.openStreamElement("documentsignatures.xml", READ_WRITE)
    done = _signer(context).signDocumentWithCertificate(certificate, reading, stream)
    _commit(folder)
    _commit(writing)
    reading.dispose()
    return bool(done)


def _commit(storage: Any) -> None:  # noqa: ANN401  # an untyped bridge
    storage.commit()
    storage.dispose()


def _verify(context: Any, path: Path) -> list[dict[str, object]]:  # noqa: ANN401  # an untyped bridge
    storage = _storage(context, path, READ)
    stream = None
    if path.suffix in OPEN_DOCUMENT and storage.hasByName("META-INF"):
        folder = storage.openStorageElement("META-INF", READ)
        if not folder.hasByName("documentsignatures.xml"):
            return []
        stream = folder.openStreamElement("documentsignatures.xml", READ)
    actual = _signer(context).verifyDocumentContentSignatures(storage, stream)
    said = [
        {
            "valid": bool(each.SignatureIsValid),
            "certificate_status": int(each.CertificateStatus),
            "partial": bool(each.PartialDocumentSignature),
            "signer": each.Signer.SubjectName if each.Signer is not None else None,
        }
        for each in actual
    ]
    storage.dispose()
    return said


if __name__ == "__main__":
    main(sys.argv[1])
