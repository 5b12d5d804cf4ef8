"""What is set wins over the embedded default, piece by piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack.errors import WrongSetting
from stack.plan import Running, make_plan, product_environment, read_environment, sandbox_environment

SECRETS = {"META_APP_SECRET": "made", "ENCRYPTION_KEYS": "k1:made", "LOOKUP_KEY": "made", "ADMIN_API_KEY": "made"}
OURS = Running("127.0.0.1:7233", "postgresql://ours/sutradhar", True, "http://127.0.0.1:8233")


def told(tmp_path: Path, **environment: str) -> dict[str, str]:
    """What the product is told in this environment."""
    return product_environment(environment, make_plan(environment, tmp_path), SECRETS, OURS)


def test_without_any_setting_everything_is_embedded(tmp_path: Path) -> None:
    plan = make_plan({}, tmp_path)

    assert (plan.port, plan.sandbox_port, plan.temporal_port, plan.temporal_ui_port) == (8000, 8001, 7233, 8233)
    assert plan.data == tmp_path / ".sutradhar"
    assert plan.temporal_address is None
    assert plan.database_url is None
    environment = product_environment({}, plan, SECRETS, OURS)
    assert environment["MODE"] == "dev"
    assert environment["GRAPH_API_URL"] == "http://127.0.0.1:8001/graph"
    assert environment["BACKEND_DECISION_URL"] == "http://127.0.0.1:8001/decision"
    assert environment["PUBLIC_URL"] == "http://127.0.0.1:8000"
    assert environment["CAREERJET_API_URL"] == "http://127.0.0.1:8001/jobs/v4/query"
    assert environment["SMTP_URL"] == "smtp://127.0.0.1:8025"
    assert not {"SMTP_URL", "CAREERJET_API_URL"} & set(product_environment({"MODE": "production"}, plan, SECRETS, OURS))
    assert environment["TIME_SKIPPING"] == "on"
    assert product_environment({"MODE": "production"}, plan, SECRETS, OURS)["TIME_SKIPPING"] == "off"
    assert environment["DATABASE_URL"] == OURS.database_url
    assert environment["BLOB_STORE"] == str(tmp_path / ".sutradhar" / "blobs")


@pytest.mark.parametrize(
    "name",
    ["GRAPH_API_URL", "BACKEND_DECISION_URL", "META_APP_SECRET", "PUBLIC_URL", "MODE", "TIME_SKIPPING", "BLOB_STORE"],
)
def test_a_set_variable_wins_and_leaves_the_others_alone(name: str, tmp_path: Path) -> None:
    default, changed = told(tmp_path), told(tmp_path, **{name: "somebody's own"})

    assert changed[name] == "somebody's own"
    assert {key for key in changed if changed[key] != default.get(key)} == {name}


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert read_environment(tmp_path, {"GRAPH_API_URL": ""}) == {}


def test_an_env_file_in_the_root_is_read_and_the_environment_wins_over_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nPORT=9000\nSANDBOX_PORT='9001'\nLOOKUP_KEY=a$b\nEMPTY=\n")

    environment = read_environment(tmp_path, {"PORT": "9100"})

    assert environment == {"PORT": "9100", "SANDBOX_PORT": "9001", "LOOKUP_KEY": "a$b"}


def test_an_alias_is_as_good_as_the_name(tmp_path: Path) -> None:
    environment = read_environment(tmp_path, {"WHATSAPP_TOKEN": "theirs"})

    assert environment["META_ACCESS_TOKEN"] == "theirs"


def test_an_external_temporal_needs_no_ports_of_ours(tmp_path: Path) -> None:
    plan = make_plan({"TEMPORAL_ADDRESS": "temporal.example:7233"}, tmp_path)

    assert set(plan.wanted_ports()) == {"PORT", "SANDBOX_PORT", "SANDBOX_SMTP_PORT"}


def test_the_sandbox_shares_the_outside_worlds_secrets_and_no_others(tmp_path: Path) -> None:
    ours = {
        "DATABASE_URL": "postgresql://theirs",
        "BLOB_STORE": "s3://theirs",
        "AWS_SECRET_ACCESS_KEY": "theirs",
        "SMTP_URL": "smtps://user:theirs@mail.example",
    }
    environment = {**ours, "NUMBERS_FILE": "numbers.toml"}

    told_sandbox = sandbox_environment(environment, make_plan(environment, tmp_path), SECRETS)

    assert told_sandbox["META_APP_SECRET"] == "made"
    assert told_sandbox["NUMBERS_FILE"] == "numbers.toml"
    assert told_sandbox["PRODUCT_URL"] == "http://127.0.0.1:8000"
    assert not {*ours, "ENCRYPTION_KEYS", "LOOKUP_KEY", "ADMIN_API_KEY"} & set(told_sandbox)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_by_name_and_not_repeated(text: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="SANDBOX_PORT") as refusal:
        make_plan({"SANDBOX_PORT": text}, tmp_path)

    assert f" {text} " not in str(refusal.value)


def test_a_data_folder_is_meant_from_the_root_on(tmp_path: Path) -> None:
    assert make_plan({"DATA_DIR": "elsewhere"}, tmp_path).data == tmp_path / "elsewhere"
    assert make_plan({"DATA_DIR": "/var/lib/sutradhar"}, tmp_path).data == Path("/var/lib/sutradhar")
