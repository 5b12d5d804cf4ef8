"""Settings are found under all their names, and where two are set the newer name wins."""

from __future__ import annotations

import pytest

from settings import read_settings
from tests.settings.conftest import Environment


@pytest.mark.parametrize(
    ("name", "older"),
    [
        ("META_ACCESS_TOKEN", "WHATSAPP_TOKEN"),
        ("META_VERIFY_TOKEN", "VERIFY_TOKEN"),
        ("WHATSAPP_PHONE_NUMBER_ID", "PHONE_NUMBER_ID"),
    ],
)
def test_the_older_name_is_read_too(environment: Environment, name: str, older: str) -> None:
    def value() -> object:
        found = getattr(read_settings(), name.lower())
        return found.get_secret_value() if hasattr(found, "get_secret_value") else found

    environment.unset(name)
    assert value() is None
    environment.set(**{older: "by-the-older-name"})
    assert value() == "by-the-older-name"
    environment.set(**{name: "by-the-newer-name"})
    assert value() == "by-the-newer-name"


def test_twilios_sender_has_an_older_name_too(environment: Environment) -> None:
    environment.set(TWILIO_WHATSAPP_NUMBER="whatsapp:+14155550101")
    assert read_settings().twilio_whatsapp_from == "whatsapp:+14155550101"
    environment.set(TWILIO_WHATSAPP_FROM="whatsapp:+14155550102")
    assert read_settings().twilio_whatsapp_from == "whatsapp:+14155550102"


def test_an_empty_variable_is_as_good_as_none(environment: Environment) -> None:
    environment.set(PORT="", BACKEND_DECISION_URL="", NUMBERS_FILE="", META_VERIFY_TOKEN="")
    settings = read_settings()
    assert (settings.port, settings.backend_decision_url, settings.numbers_file) == (8000, None, None)
    assert settings.meta_verify_token is None


def test_a_slash_at_the_end_of_an_address_makes_no_difference(environment: Environment) -> None:
    environment.set(GRAPH_API_URL="https://graph.example/", PUBLIC_URL="https://chat.example//")
    settings = read_settings()
    assert (settings.graph_api_url, settings.public_url) == ("https://graph.example", "https://chat.example")


@pytest.mark.parametrize("place", ["blobs", "/srv/files", "file:///srv/files", "s3://bucket", "s3://bucket/a/prefix"])
def test_files_are_kept_in_a_folder_or_a_bucket(environment: Environment, place: str) -> None:
    environment.set(BLOB_STORE=place)
    assert read_settings().blob_store == place


def test_of_the_aws_variables_those_that_are_set_are_handed_on(environment: Environment) -> None:
    assert read_settings().aws == {}
    environment.set(AWS_ENDPOINT_URL="http://storage.example:9000/", AWS_SECRET_ACCESS_KEY="a-secret", AWS_REGION="")
    assert read_settings().aws == {"endpoint_url": "http://storage.example:9000", "secret_access_key": "a-secret"}


def test_how_a_person_reaches_the_business_is_one_line(environment: Environment) -> None:
    assert read_settings().support == "none"
    environment.set(SUPPORT_PHONE="1800 000 000", SUPPORT_HOURS="9–18")
    assert read_settings().support == "1800 000 000 · 9–18"
