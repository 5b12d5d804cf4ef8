"""The compose file for one host: it sets only what exists, and gives no secret a value."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from pydantic import AliasChoices

from settings import Settings
from stack.process import ROOT
from stack.temporal_build import pinned
from stack.temporal_config import HISTORY_SHARDS, SEARCH_ATTRIBUTES

TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
PRODUCT = ("api", "worker")


def known_variables() -> set[str]:
    """Every variable that the settings read."""
    known = set()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        known |= {str(choice).upper() for choice in choices}
    return known


@pytest.mark.parametrize("service", PRODUCT)
def test_it_sets_only_variables_that_the_settings_read(service: str) -> None:
    assert set(SERVICES[service]["environment"]) - known_variables() == set()


@pytest.mark.parametrize("service", PRODUCT)
def test_the_settings_accept_what_it_sets(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="
    examples = {"ENCRYPTION_KEYS": f"k1:{key}", "LOOKUP_KEY": key, "PUBLIC_URL": "https://bots.example.org"}
    for name in known_variables():
        monkeypatch.delenv(name, raising=False)
    for name, value in SERVICES[service]["environment"].items():
        default = re.sub(r"\$\{\w+(:-([^}]*)|:[?+][^}]*)\}", lambda match: match[2] or "", value)
        monkeypatch.setenv(name, examples.get(name, default or "example") if ":?" in value else default)

    settings = Settings()

    assert settings.mode == "production"


@pytest.mark.parametrize(
    "secret", [name for name in Settings.model_fields if "Secret" in str(Settings.model_fields[name].annotation)]
)
def test_no_secret_has_a_default(secret: str) -> None:
    value = SERVICES["api"]["environment"].get(secret.upper(), "")

    assert value == "" or re.search(r"\$\{\w+(:\?[^}]+|:-)\}", value)


@pytest.mark.parametrize("service", PRODUCT)
def test_files_outlive_a_container_and_are_the_same_for_both(service: str) -> None:
    place = re.search(r":-file://(.+)}", SERVICES[service]["environment"]["BLOB_STORE"])

    assert place is not None
    assert f"blobs:{place[1]}" in SERVICES[service]["volumes"]
    assert "blobs" in yaml.safe_load(TEXT)["volumes"]
    # A new volume takes its owner from the image's folder, and the user in there is not root.
    assert f"install -d -o sutradhar -m 700 /var/lib/sutradhar {place[1]}" in (ROOT / "Dockerfile").read_text()


def test_every_service_that_runs_on_tells_whether_it_is_healthy() -> None:
    for name, service in SERVICES.items():
        assert "healthcheck" in service or service["restart"].startswith("on-failure"), name


def test_its_temporal_is_the_one_that_is_tested() -> None:
    assert SERVICES["temporal"]["image"] == f"temporalio/server:{pinned('go.temporal.io/server')}"
    assert SERVICES["temporal-schema"]["image"] == f"temporalio/admin-tools:{pinned('go.temporal.io/server')}"
    assert SERVICES["temporal-ui"]["image"] == f"temporalio/ui:{pinned('github.com/temporalio/ui-server/v2')}"
    assert SERVICES["temporal"]["environment"]["NUM_HISTORY_SHARDS"] == str(HISTORY_SHARDS)


def test_its_search_attributes_are_those_of_make_run() -> None:
    assert " ".join(SEARCH_ATTRIBUTES) in SERVICES["temporal-namespace"]["command"][0]


def test_time_is_never_skipped_in_production() -> None:
    assert "TimeSkipping" not in TEXT
    assert "TIME_SKIPPING" not in TEXT


def test_the_image_holds_every_package_of_the_product_and_no_stand_in() -> None:
    copied = re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert set(copied) == packages - {"sandbox", "stack", "bench", "tests"}
