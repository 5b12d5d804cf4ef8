"""A wrong setting stops the start with a message that names it and never shows what it holds."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from journeys.registry import BOTS
from settings import WrongSetting, read_settings
from tests.settings.conftest import RIGHT, Environment

SHORT = base64.b64encode(b"too short").decode()
WRONG = {
    "MODE": ["staging", "DEV", "development"],
    "PORT": ["80a", "0", "65536", "-1"],
    "LOG_LEVEL": ["LOUD", "debug"],
    "PUBLIC_URL": ["chat.example", "ftp://chat.example", "https://"],
    "GRAPH_API_URL": ["graph.facebook.com", "file:///etc/passwd"],
    "GRAPH_API_VERSION": ["25", "v25", "v25.0/"],
    "TEMPORAL_UI_URL": ["127.0.0.1:8233"],
    "SANDBOX_URL": ["127.0.0.1:8001"],
    "BACKEND_DECISION_URL": ["decisions.example"],
    "TEMPORAL_ADDRESS": ["localhost", "http://localhost", "localhost:", ":7233", "localhost:http", "localhost:70000"],
    "TIME_SKIPPING": ["yes"],
    "DATABASE_URL": ["mysql://u:hunter2@h/d", "sutradhar:hunter2", "host=h password=hunter2"],
    "DATABASE_CONNECTIONS": ["1", "many"],
    "ENCRYPTION_KEYS": ["hunter2", f"a:{SHORT}", f"a:{SHORT}=", "a:", ":" + SHORT, f"{RIGHT['ENCRYPTION_KEYS']},b"],
    "LOOKUP_KEY": ["hunter2", SHORT],
    "BLOB_STORE": ["https://files.example", "s3:///prefix", "gs://bucket", "file://blobs", "file:blobs"],
    "AWS_ENDPOINT_URL": ["storage.example", "s3://bucket"],
    "ADMIN_API_KEY": ["hunter2", "two words that are long enough", "a-key-with-a-sign-of-ours-é"],
    "META_ACCESS_TOKEN": ["two words", "línea", "line\nbreak"],
    "TWILIO_ACCOUNT_SID": ["hunter2", "AC0123456789ABCDEF0123456789ABCDEF", "SK0123456789abcdef0123456789abcdef"],
    "TWILIO_AUTH_TOKEN": ["two words", "línea"],
    "TWILIO_WHATSAPP_FROM": ["whatsapp:none", "Sutradhar", "+1 415 555 0101"],
    "TWILIO_API_URL": ["api.twilio.com"],
    "TWILIO_CONTENT_URL": ["content.twilio.com"],
    "AUTH_API_URL": ["auth.example"],
    "WEB_APP_URL": ["app.example"],
    "SPEECH_API_URL": ["speech.example"],
    "CAREERJET_API_URL": ["search.api.careerjet.net"],
    "SMTP_URL": ["mail.example:25", "http://mail.example", "smtp://:25", "smtp://user:hunter2@mail.example:port"],
    "ADMIN_EMAIL": ["consultants", "a@b@nexora.example", "two words@nexora.example", "consultants@"],
    "SANDBOX_SMTP_PORT": ["65536", "twenty-five"],
    "INACTIVITY_MINUTES": ["0", "1321", "half an hour"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_names_itself_and_not_what_it_holds(environment: Environment, name: str, value: str) -> None:
    environment.set(**{name: value})
    with pytest.raises(WrongSetting) as wrong:
        read_settings()
    said = str(wrong.value)
    assert said.startswith(f"{name}: ")
    assert value not in said
    assert "hunter2" not in said
    assert "\n" not in said, "one setting is wrong, one is complained of"


def test_two_keys_of_one_name_are_refused(environment: Environment) -> None:
    other = base64.b64encode(b"x" * 32).decode()
    environment.set(ENCRYPTION_KEYS=f"{RIGHT['ENCRYPTION_KEYS']},tests:{other}")
    with pytest.raises(WrongSetting, match="ENCRYPTION_KEYS: has two keys of the same id"):
        read_settings()


@pytest.mark.parametrize("name", ["ENCRYPTION_KEYS", "LOOKUP_KEY"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_one_says_that_it_is_not_set(environment: Environment, name: str, value: str | None) -> None:
    environment.unset(name)
    if value is not None:
        environment.set(**{name: value})
    with pytest.raises(WrongSetting, match=f"^{name}: is not set$"):
        read_settings()


def test_all_that_is_wrong_is_said_at_once(environment: Environment) -> None:
    environment.set(PORT="x", LOOKUP_KEY="x", PUBLIC_URL="x")
    with pytest.raises(WrongSetting) as wrong:
        read_settings()
    assert sorted(line.partition(":")[0] for line in str(wrong.value).splitlines()) == [
        "LOOKUP_KEY",
        "PORT",
        "PUBLIC_URL",
    ]


def test_production_refuses_to_start_while_the_sandbox_stands_in_for_somebody(environment: Environment) -> None:
    """Unless that is meant, and said."""
    sandbox = "http://127.0.0.1:8001"
    environment.set(SANDBOX_URL=sandbox, GRAPH_API_URL=f"{sandbox}/graph", BACKEND_DECISION_URL=f"{sandbox}/decision")
    with pytest.raises(WrongSetting, match=r"stands in for meta, decision: .* ALLOW_STAND_INS"):
        read_settings()
    environment.set(ALLOW_STAND_INS="decision")
    with pytest.raises(WrongSetting, match="stands in for meta:"):
        read_settings()
    environment.set(GRAPH_API_URL="https://graph.facebook.com")
    assert read_settings().stand_ins == ("decision",)


def test_mail_and_jobs_are_stand_ins_where_the_sandbox_has_them(environment: Environment) -> None:
    environment.set(SANDBOX_URL="http://127.0.0.1:8001", SANDBOX_SMTP_PORT="8025", MODE="dev")
    environment.set(SMTP_URL="smtp://127.0.0.1:8025", CAREERJET_API_URL="http://127.0.0.1:8001/jobs/v4/query")
    assert read_settings().stand_ins == ("mail",), "without an affiliate id no jobs are searched for"
    environment.set(CAREERJET_AFFILIATE_ID="us", SMTP_URL="smtps://mail.example")
    assert read_settings().stand_ins == ("jobs",)


def test_production_without_the_secret_of_the_app_is_refused(environment: Environment) -> None:
    environment.unset("META_APP_SECRET")
    with pytest.raises(WrongSetting, match="META_APP_SECRET is not set: without it anybody could write"):
        read_settings()


def test_production_without_the_token_of_twilios_account_is_refused_where_a_number_is_there(
    environment: Environment,
) -> None:
    environment.unset("TWILIO_AUTH_TOKEN")
    assert read_settings().mode == "production"
    environment.set(TWILIO_WHATSAPP_FROM="+14155550101")
    with pytest.raises(WrongSetting, match="TWILIO_AUTH_TOKEN is not set: without it anybody could write"):
        read_settings()


def test_who_has_no_number_at_meta_needs_nothing_of_metas(environment: Environment) -> None:
    environment.unset("META_APP_SECRET")
    environment.set(TWILIO_WHATSAPP_FROM="+14155550101")
    assert {number.provider for number in read_settings().numbers} == {"twilio"}


def test_production_is_what_nobody_asked_for(environment: Environment) -> None:
    environment.unset("MODE")
    assert read_settings().mode == "production"


def test_dev_starts_without_the_secret_of_the_app(environment: Environment) -> None:
    environment.unset("META_APP_SECRET")
    environment.set(MODE="dev")
    assert read_settings().meta_app_secret is None


def test_production_never_moves_clocks(environment: Environment) -> None:
    environment.set(TIME_SKIPPING="on")
    with pytest.raises(WrongSetting, match="TIME_SKIPPING is for MODE=dev"):
        read_settings()


@pytest.mark.usefixtures("environment")
def test_settings_show_no_secret_when_printed() -> None:
    shown = repr(read_settings())
    told = ("production", "127.0.0.1:7233", "https://chat.example", RIGHT["TWILIO_ACCOUNT_SID"])
    for value in (*RIGHT.values(), "a-password"):
        if value not in told:
            assert value not in shown


@pytest.mark.parametrize("module", ["api", "worker"])
def test_the_process_ends_with_2_and_says_why_on_standard_error(module: str) -> None:
    wrong = {"PORT": "80a", "DATABASE_URL": "mysql://u:hunter2@h/d", "ENCRYPTION_KEYS": "hunter2", "LOOKUP_KEY": ""}
    ended = _run(module, wrong)
    assert ended.returncode == 2
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == [
        "PORT",
        "DATABASE_URL",
        "ENCRYPTION_KEYS",
        "LOOKUP_KEY",
    ]
    assert "hunter2" not in ended.stderr + ended.stdout


@pytest.mark.parametrize("module", ["api", "worker"])
def test_the_process_does_not_start_in_production_without_the_secret_of_the_app(module: str) -> None:
    ended = _run(module, {"META_APP_SECRET": ""})
    assert ended.returncode == 2
    assert ended.stderr.startswith("META_APP_SECRET is not set")


def test_a_worker_does_not_start_for_a_bot_that_there_is_not() -> None:
    ended = _run("worker", {"WHATSAPP_PHONE_NUMBER_ID": "1", "DEFAULT_BOT": "horoscope"})
    assert ended.returncode == 2
    assert ended.stderr == f"NUMBERS_FILE or DEFAULT_BOT: there is no bot horoscope, only {', '.join(sorted(BOTS))}\n"


def test_a_worker_does_not_start_without_a_place_for_files(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = _run("worker", {"BLOB_STORE": str(tmp_path / "file" / "blobs")})
    assert ended.returncode == 2
    assert ended.stderr == "BLOB_STORE: the folder cannot be used (Not a directory)\n"


def test_a_worker_does_not_start_without_a_number_s_own_token(tmp_path: Path) -> None:
    number = '[[number]]\nprovider = "meta"\nid = "1"\nbot = "loan"\nbusiness = "flowless"\ntoken_env = "THEIRS"\n'
    (tmp_path / "numbers.toml").write_text(number)
    ended = _run("worker", {"NUMBERS_FILE": str(tmp_path / "numbers.toml")})
    assert ended.returncode == 2
    assert ended.stderr == "THEIRS: is not set, and NUMBERS_FILE names it for the number 1\n"


def _run(module: str, wrong: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module], env={**RIGHT, **wrong}, capture_output=True, text=True, timeout=60, check=False
    )
