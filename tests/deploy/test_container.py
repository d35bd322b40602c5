"""The container's files, as far as they can be held to account without an engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # a dependency of the test servers
from deploy.places import DEPLOY, ROOT

from intake.cli.program import COMMANDS
from intake.config import ImapMailboxConfig, S3EvidenceConfig, SmtpOutgoingConfig, load

FOLDER = DEPLOY / "container"
LINES = (FOLDER / "Containerfile").read_text().replace("\\\n", " ").splitlines()
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
OURS = ("run", "web")
CONFIGS = [*sorted((DEPLOY / "config").glob("*.toml")), FOLDER / "config.toml"]


def instructions(name: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in LINES if line.startswith(f"{name} ")]


def test_every_path_that_is_copied_exists() -> None:
    for words in (line.split() for line in instructions("COPY")):
        if words[0].startswith("--from="):
            continue
        for source in words[:-1]:
            assert (ROOT / source).exists(), source


def test_everything_that_the_wheel_holds_is_copied() -> None:
    copied = {word for line in instructions("COPY") for word in line.split()[:-1]}
    assert {"intake", "rules", "templates", "config.example.toml", "pyproject.toml", "LICENSE"} <= copied


def test_nothing_is_installed_without_its_digest() -> None:
    installs = re.findall(r"pip install ([^&]+)", "\n".join(LINES))
    assert installs
    assert all("--require-hashes" in words or "--no-deps" in words for words in installs)


def test_the_image_runs_as_nobody_in_particular_and_in_two_stages() -> None:
    assert len(instructions("FROM")) == 2
    assert all(re.search(r":\d", image) for image in instructions("FROM"))
    assert instructions("USER") == ["10001:10001"]
    last = LINES[max(index for index, line in enumerate(LINES) if line.startswith("FROM ")) :]
    assert not any("pip" in line for line in last)
    assert instructions("ENTRYPOINT") == ['["cpl-intake"]']
    assert instructions("STOPSIGNAL") == ["SIGTERM"]


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_closed_and_writes_to_one_place(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert [each.partition(":")[0] for each in service["tmpfs"]] == ["/var/lib/cpl-intake"]
    assert service.get("command", ["run"])[0] in COMMANDS


def test_the_page_is_published_to_this_machine_alone() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8080:8080"]


def test_every_secret_and_volume_that_is_used_is_declared() -> None:
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("file", CONFIGS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_an_example_configuration_is_one_that_we_take(file: Path) -> None:
    config = load(file)
    assert config.mailbox
    assert config.web.secure_cookies
    assert config.metrics.port


def test_the_container_s_configuration_reads_the_secrets_that_it_is_given() -> None:
    config = load(FOLDER / "config.toml")
    (mailbox,) = config.mailbox
    assert isinstance(mailbox, ImapMailboxConfig)
    assert isinstance(config.outgoing, SmtpOutgoingConfig)
    assert isinstance(config.evidence, S3EvidenceConfig)
    named = [mailbox.password_file, config.outgoing.password_file, config.store.password_file]
    for file in named:
        assert file.removeprefix("/run/secrets/") in COMPOSE["services"]["run"]["secrets"]
    assert config.evidence.endpoint == "http://objects:9000"
    for name, port in (("run", config.metrics.port), ("web", config.web.port)):
        assert f"127.0.0.1:{port}/" in " ".join(COMPOSE["services"][name]["healthcheck"]["test"])
