"""Which numbers are answered by which bot: a file, one number from the environment, or the default."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.numbers import DEFAULT_NUMBERS, Number
from settings import WrongSetting, read_settings
from tests.settings.conftest import Environment

LOAN = '[[number]]\nprovider = "meta"\nid = "1"\nbot = "loan"\nbusiness = "flowless"\n'
TAX = '[[number]]\nprovider = "twilio"\nid = "whatsapp:+14155550102"\nbot = "tax"\nbusiness = "tax"\nrate = 10\n'


def numbers(environment: Environment, tmp_path: Path, text: str) -> tuple[Number, ...]:
    """The numbers of a file of this text."""
    path = tmp_path / "numbers.toml"
    path.write_text(text, encoding="utf-8")
    environment.set(NUMBERS_FILE=str(path))
    return read_settings().numbers


def test_each_number_has_its_bot_and_what_is_left_out_has_a_default(environment: Environment, tmp_path: Path) -> None:
    assert numbers(environment, tmp_path, LOAN + TAX) == (
        Number("meta", "1", "", "loan", "flowless", "META_ACCESS_TOKEN", 80),
        Number("twilio", "whatsapp:+14155550102", "", "tax", "tax", "TWILIO_AUTH_TOKEN", 10),
    )


def test_without_a_file_it_is_the_one_number_named(environment: Environment) -> None:
    environment.set(WHATSAPP_PHONE_NUMBER_ID="4711")
    assert read_settings().numbers == (Number("meta", "4711", "", "loan", "default"),)


@pytest.mark.parametrize("sender", ["whatsapp:+14155550101", "+14155550101", "14155550101"])
def test_a_sender_of_twilios_is_one_too_however_it_is_written(environment: Environment, sender: str) -> None:
    ours = Number("twilio", "whatsapp:+14155550101", "", "msme", "default", "TWILIO_AUTH_TOKEN", 10)
    environment.set(TWILIO_WHATSAPP_FROM=sender)
    assert read_settings().numbers == (ours,)
    environment.set(WHATSAPP_PHONE_NUMBER_ID="4711")
    assert read_settings().numbers == (Number("meta", "4711", "", "loan", "default"), ours)


def test_one_bot_for_the_numbers_that_are_named(environment: Environment) -> None:
    environment.set(TWILIO_WHATSAPP_FROM="+14155550101", WHATSAPP_PHONE_NUMBER_ID="4711", DEFAULT_BOT="orders")
    assert {number.bot for number in read_settings().numbers} == {"orders"}


@pytest.mark.usefixtures("environment")
def test_without_either_it_is_the_default() -> None:
    assert read_settings().numbers == DEFAULT_NUMBERS


def test_without_an_account_at_twilio_its_number_is_none_of_them(environment: Environment) -> None:
    environment.unset("TWILIO_AUTH_TOKEN")
    assert read_settings().numbers == tuple(one for one in DEFAULT_NUMBERS if one.provider == "meta")


def test_a_number_has_a_token_of_its_own_or_the_one_of_all(environment: Environment, tmp_path: Path) -> None:
    """Of another account, say."""
    own = LOAN.replace('"1"', '"2"') + 'token_env = "OTHER_ACCOUNT_TOKEN"\n'
    environment.set(OTHER_ACCOUNT_TOKEN="another-token")
    numbers(environment, tmp_path, LOAN + own + TAX)
    assert read_settings().tokens == {"2": "another-token"}


@pytest.mark.parametrize(
    ("token", "said"), [("", "is not set"), ("two words", "holds a sign"), ("línea", "holds a sign")]
)
def test_a_token_that_is_none_is_named_and_not_shown(
    environment: Environment, tmp_path: Path, token: str, said: str
) -> None:
    environment.set(OTHER_ACCOUNT_TOKEN=token)
    numbers(environment, tmp_path, LOAN + 'token_env = "OTHER_ACCOUNT_TOKEN"\n')
    with pytest.raises(WrongSetting, match=f"^OTHER_ACCOUNT_TOKEN: {said}.* for the number 1$") as wrong:
        _ = read_settings().tokens
    assert not token or token not in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "number: is not set"),
        ("number = []", "number: List should have at least 1 item"),
        ("number = 1", "number: Input should be a valid list"),
        ("[[number]", "cannot be read"),
        (LOAN.replace('"meta"', '"telegram"'), "number 1 provider: Input should be 'meta' or 'twilio'"),
        (LOAN + TAX.replace('bot = "tax"\n', ""), "number 2 bot: is not set"),
        (LOAN + "rate = 0\n", "number 1 rate: Input should be greater than or equal to 1"),
        (LOAN + 'rate = "fast"\n', "number 1 rate: Input should be a valid integer"),
        (LOAN + 'tokenenv = "X"\n', "number 1 tokenenv: Extra inputs are not permitted"),
        (LOAN + LOAN, "number: the same number is there twice"),
        (LOAN.replace('"1"', '""'), "number 1 id: String should have at least 1 character"),
    ],
)
def test_a_file_that_is_wrong_says_where(environment: Environment, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        numbers(environment, tmp_path, text)
    assert str(wrong.value).startswith("NUMBERS_FILE: numbers.toml")
    assert said in str(wrong.value)
    assert str(tmp_path) not in str(wrong.value)


def test_a_file_that_is_not_there_is_said(environment: Environment) -> None:
    environment.set(NUMBERS_FILE="/nowhere/numbers.toml")
    with pytest.raises(WrongSetting, match=r"NUMBERS_FILE: numbers\.toml cannot be read \(No such file"):
        read_settings()


def test_a_file_that_is_not_text_is_said(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_bytes(b"\xff\xfe\x00")
    environment.set(NUMBERS_FILE=str(tmp_path / "numbers.toml"))
    with pytest.raises(WrongSetting, match=r"NUMBERS_FILE: numbers\.toml cannot be read"):
        read_settings()
