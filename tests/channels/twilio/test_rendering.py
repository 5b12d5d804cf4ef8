"""Neutral messages as Twilio can send them: nothing dropped, nothing cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.limits import Blank, Unsendable
from channels.twilio import NoTemplate, fit, render, words_of
from channels.twilio.generic import NOTHING, all_of_them
from domain.messages import (
    Attachment,
    Choice,
    ContactRequest,
    Document,
    HeaderText,
    Image,
    Link,
    LocationRequest,
    Message,
    Option,
    Template,
    Text,
)

PDF = Attachment("c/loan", "application/pdf", "loan.pdf")
JPEG = Attachment("c/photo", "image/jpeg")


class Holding:
    """An account that holds what it is told, each under a sid of its own."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def sid(self, name: str) -> str:
        return f"HX{self._names.index(name):032x}" if name in self._names else ""


NOTHING_HELD = Holding()
GENERIC = Holding(*(made.name for made in all_of_them()))


def choice(many: int, *, described: bool = False, label: str = "Option", body: str = "Which?") -> Choice:
    options = tuple(Option(f"q.{at}", f"{label} {at}", f"about {at}" if described else "") for at in range(many))
    return Choice(body, options, "Choose")


def test_words_go_as_they_are() -> None:
    assert render(Text("नमस्ते"), NOTHING_HELD).to_form() == {"Body": "नमस्ते"}


def test_long_words_are_several_messages_without_a_loss() -> None:
    words = " ".join(f"word{at}" for at in range(900))
    parts = fit(Text(words))
    assert len(parts) > 1
    assert " ".join(str(part.body) for part in parts if isinstance(part, Text)) == words
    assert all(len(render(part, NOTHING_HELD).to_form()["Body"]) <= 1600 for part in parts)


def test_up_to_three_short_options_are_buttons_where_the_account_has_them() -> None:
    form = render(choice(2), GENERIC).to_form()
    assert form["ContentSid"] == GENERIC.sid("sutradhar_buttons_2")
    assert form["ContentVariables"] == '{"1": "Which?", "2": "Option 0", "3": "q.0", "4": "Option 1", "5": "q.1"}'


def test_more_options_are_a_list_with_its_opener() -> None:
    form = render(choice(4), GENERIC).to_form()
    assert form["ContentSid"] == GENERIC.sid("sutradhar_list_4")
    assert '"2": "Choose", "3": "Option 0", "4": "q.0"' in form["ContentVariables"]


def test_rows_with_descriptions_are_of_another_content_and_none_is_empty() -> None:
    described = choice(3, described=True)
    mixed = replace(described, options=(*described.options, Option("q.more", "More", numbered=False)))
    form = render(mixed, GENERIC).to_form()
    assert form["ContentSid"] == GENERIC.sid("sutradhar_described_4")
    assert f'"{NOTHING}"' in form["ContentVariables"]


def test_long_labels_are_numbers_with_the_labels_below() -> None:
    long = "An option that is longer than a row's title "
    form = render(choice(4, label=long), GENERIC).to_form()
    assert form["ContentSid"] == GENERIC.sid("sutradhar_described_4")
    assert f'"3": "1", "4": "q.0", "5": "{long} 0"' in form["ContentVariables"]


def test_without_contents_the_options_are_numbered_lines_that_go_on_from_page_to_page() -> None:
    page = replace(choice(2), first=10)
    page = replace(page, options=(*page.options, Option("more", "More", numbered=False)))
    assert render(page, NOTHING_HELD).to_form()["Body"] == "Which?\n\n10. Option 0\n11. Option 1\nMore"


@pytest.mark.parametrize("held", [NOTHING_HELD, GENERIC], ids=["as text", "to tap"])
@pytest.mark.parametrize("many", [1, 3, 10])
@pytest.mark.parametrize("length", [5, 1000, 1024, 1600, 5000])
@pytest.mark.parametrize("label", ["Option", "An option that is longer than the title of a row", "long " * 40])
def test_what_is_fitted_can_be_sent_either_way_and_the_options_are_in_the_last(
    held: Holding, many: int, length: int, label: str
) -> None:
    asked = choice(many, label=label, body=("word " * length)[:length].strip() + "?")
    parts = fit(asked)
    forms = [render(part, held).to_form() for part in parts]
    last = f"{label} {many - 1}".split()[-9:]
    assert words_of(parts[-1]).split()[-len(last) :] == last
    assert all(len(form.get("Body", "")) <= 1600 for form in forms)
    said = " ".join(" ".join(words_of(part).split()) for part in parts)
    assert "".join(words_of(asked).split()) == "".join(said.split())


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (Link("See it", "Open", "https://x.in/1"), "See it\n\nOpen: https://x.in/1"),
        (LocationRequest("Where are you?"), "Where are you?"),
        (ContactRequest("Your number?"), "Your number?"),
    ],
)
def test_what_twilio_has_no_button_for_is_words(message: Message, words: str) -> None:
    [fitted] = fit(message)
    assert render(fitted, GENERIC).to_form() == {"Body": words}


def test_a_picture_has_its_words_with_it_and_a_document_before_it() -> None:
    [picture] = fit(Image(JPEG, "Look"))
    assert render(picture, GENERIC, "https://a/f").to_form() == {"MediaUrl": "https://a/f", "Body": "Look"}
    before, document = fit(Document(PDF, "Read this"))
    assert before == Text("Read this")
    assert render(document, GENERIC, "https://a/f").to_form() == {"MediaUrl": "https://a/f"}
    assert [type(part) for part in fit(Image(JPEG, "w " * 700))] == [Text, Image]


def test_a_file_without_an_address_or_of_another_type_is_not_sent() -> None:
    with pytest.raises(Blank):
        render(Image(JPEG), GENERIC)
    with pytest.raises(Unsendable, match="image/tiff"):
        fit(Image(Attachment("c/x", "image/tiff")))


def test_a_template_is_found_by_name_and_language_and_its_values_are_numbered_through() -> None:
    template = Template("nudge", "hi", ("Asha", "two\nlines"), HeaderText("Hello"), {1: "abc"})
    [fitted] = fit(template)
    form = render(fitted, Holding("nudge_hi")).to_form()
    assert form["ContentSid"] == Holding("nudge_hi").sid("nudge_hi")
    assert form["ContentVariables"] == '{"1": "Asha", "2": "two lines", "3": "Hello", "4": "abc"}'


def test_a_templates_values_by_name_keep_their_names() -> None:
    template = Template("paper", "en", {"name": "Asha"}, PDF, payloads={0: "yes"})
    form = render(template, Holding("paper_en"), "https://a/f").to_form()
    assert form["ContentVariables"] == '{"name": "Asha", "header": "https://a/f", "button_0": "yes"}'


def test_a_template_that_the_account_does_not_hold_says_its_name() -> None:
    with pytest.raises(NoTemplate, match="nudge_hi"):
        render(Template("nudge", "hi"), GENERIC)


@pytest.mark.parametrize("message", [Text(" "), choice(2, body="\u200b"), Template("a", "en", (" ",))])
def test_what_shows_nothing_is_refused(message: Message) -> None:
    with pytest.raises(Unsendable):
        fit(message)
