"""Two providers of identities that nobody here wrote, each on 127.0.0.1, and a person who signs in there by its forms.

They differ where it matters: one tells all in its id token, the other the subject alone, and only when PKCE is used.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest
from peers.peers import end, free_port, require

REDIRECT = "http://127.0.0.1:9/sign-in/back"
"""Nobody listens there: what would lead a browser to it is read, and not followed."""
CLIENT, SECRET = "cpl", "a secret of two"
_HERE = Path(__file__).parent / "provider"
_SECONDS = 120
_STEPS = 12


@contextmanager
def mock_provider() -> Iterator[str]:
    """Run oidc-provider-mock; gives its issuer."""
    from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415  # flask, which few tests need

    told = {
        "ada": {"preferred_username": "ada", "roles": ["CPL.Analyst"], "tid": "tenant", "oid": "object-of-ada"},
        "max": {"preferred_username": "max", "roles": ["CPL.Admin", "Something.Else"]},
        "nobody": {"preferred_username": "nobody", "roles": []},
    }
    users = [User(sub=f"subject-of-{name}", claims=claims) for name, claims in told.items()]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@contextmanager
def node_provider(folder: Path) -> Iterator[str]:
    """Run oidc-provider, installed into a folder; gives its issuer."""
    require(shutil.which("node") and shutil.which("npm"), "node and npm (nodejs npm) are not installed")
    for name in ("package.json", "package-lock.json", "provider.js"):
        shutil.copy(_HERE / name, folder)
    command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    installed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    require(installed.returncode == 0, f"npm cannot install oidc-provider: {installed.stderr[-500:]}")
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["node", "provider.js", str(port), REDIRECT], cwd=folder, stdout=subprocess.PIPE, stderr=log
        )
        try:
            assert process.stdout is not None
            if b"listening" not in process.stdout.readline():
                pytest.fail((folder / "log").read_text(errors="replace"))
            yield f"http://127.0.0.1:{port}"
        finally:
            end(process)


def signs_in(address: str, name: str) -> str:
    """Go to a provider's address and fill in its forms until it leads back to us; gives where it leads."""
    with httpx2.Client(timeout=_SECONDS, trust_env=False) as browser:
        answer = browser.get(address)
        for _ in range(_STEPS):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(REDIRECT):
                    return target.removeprefix("http://127.0.0.1:9")
                answer = browser.get(target)
            else:
                assert answer.status_code == 200, answer.text
                action, fields = _form(answer.text, name)
                answer = browser.post(urljoin(str(answer.url), action), data=fields)
    pytest.fail(f"the provider never led back: {answer.text[:2000]}")


def _form(page: str, name: str) -> tuple[str, Mapping[str, str]]:
    """The form of a page that asks who somebody is, else its first one; filled in."""
    typed = {"login": f"subject-of-{name}", "password": "any", "sub": f"subject-of-{name}"}
    forms = [
        (attributes, _fields(body)) for attributes, body in re.findall(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL)
    ]
    assert forms, page
    attributes, fields = next((form for form in forms if typed.keys() & form[1]), forms[0])
    action = re.search(r'action="([^"]*)"', attributes)
    filled = {field: typed.get(field, html.unescape(value)) for field, value in fields.items()}
    return html.unescape(action[1]) if action else "", filled


def _fields(form: str) -> dict[str, str]:
    told = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", form))
    return {field["name"]: field.get("value", "") for field in told}
