"""Files, links, requests and templates: what fits goes as it is, what does not goes as words, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import Blank, LimitExceeded, NotText, Unsendable
from channels.meta import (
    ContactRequestMessage,
    DocumentMessage,
    GraphMessage,
    ImageMessage,
    LinkMessage,
    LocationRequestMessage,
    TemplateButton,
    TemplateMedia,
    TemplateMessage,
    TemplateText,
    TextMessage,
    fit,
    render,
)
from domain.messages import (
    Attachment,
    ContactRequest,
    Document,
    HeaderText,
    Image,
    Link,
    LocationRequest,
    Message,
    Template,
)

PDF = Attachment("b/1", "application/pdf", "agreement.pdf")
PHOTO = Attachment("b/2", "image/jpeg", "house.jpg")
ADDRESS = "https://sign.example/17"
STORY = "We compare what several lenders offer. " * 40


def sent(message: Message) -> list[GraphMessage]:
    return [render(part, "4001") for part in fit(message)]


class TestFiles:
    def test_a_document_goes_with_its_caption(self) -> None:
        assert sent(Document(PDF, "Your agreement")) == [DocumentMessage("4001", "agreement.pdf", "Your agreement")]

    def test_an_image_goes_with_its_caption(self) -> None:
        assert sent(Image(PHOTO, "Your house")) == [ImageMessage("4001", "Your house")]

    @pytest.mark.parametrize("caption", ["", " \n", "\u200b"])
    def test_a_caption_that_shows_nothing_is_none(self, caption: str) -> None:
        assert sent(Document(PDF, caption)) == [DocumentMessage("4001", "agreement.pdf")]
        assert sent(Image(PHOTO, caption)) == [ImageMessage("4001")]

    def test_a_caption_of_1024_is_one(self) -> None:
        assert sent(Image(PHOTO, "x" * 1024)) == [ImageMessage("4001", "x" * 1024)]

    def test_a_longer_caption_goes_ahead_as_text(self) -> None:
        """Whole, and the file behind it without one."""
        assert sent(Document(PDF, "x" * 1025)) == [
            TextMessage("x" * 1025),
            DocumentMessage("4001", "agreement.pdf"),
        ]
        first, second, image = sent(Image(PHOTO, "word " * 1000))
        assert isinstance(first, TextMessage)
        assert isinstance(second, TextMessage)
        assert (first.body + " " + second.body).split() == ["word"] * 1000
        assert image == ImageMessage("4001")

    def test_a_photo_may_be_sent_as_a_document(self) -> None:
        """So its quality is kept."""
        assert sent(Document(PHOTO)) == [DocumentMessage("4001", "house.jpg")]

    @pytest.mark.parametrize(
        "message",
        [
            Document(replace(PDF, mime_type="application/zip")),
            Document(replace(PDF, mime_type="video/mp4")),
            Image(replace(PHOTO, mime_type="image/webp")),
            Template("a", "en", (), replace(PDF, mime_type="application/zip")),
            Template("a", "en", (), replace(PHOTO, mime_type="image/gif")),
        ],
    )
    def test_a_file_that_whatsapp_does_not_show_is_refused_when_it_is_said(self, message: Message) -> None:
        """And not by Meta, after the upload."""
        with pytest.raises(Unsendable, match=r"mime_type is .*: convert the file"):
            fit(message)

    def test_a_name_too_long_is_refused_when_it_is_said(self) -> None:
        with pytest.raises(LimitExceeded, match=r"document\.filename"):
            fit(Document(replace(PDF, filename="x" * 241)))

    def test_a_caption_that_is_no_text_is_refused_when_it_is_said(self) -> None:
        with pytest.raises(NotText):
            fit(Document(PDF, "\ud83d"))

    @pytest.mark.parametrize("message", [Document(PDF), Image(PHOTO), Template("a", "en", (), PDF)])
    def test_a_file_that_was_not_uploaded_is_not_sent(self, message: Message) -> None:
        with pytest.raises(Blank, match="id"):
            render(message)


class TestLinks:
    def test_a_link_is_a_button(self) -> None:
        assert sent(Link("Read and sign.", " Sign ", ADDRESS)) == [LinkMessage("Read and sign.", "Sign", ADDRESS)]

    @pytest.mark.parametrize("label", ["x" * 20, "करार पढ़ें"])
    def test_a_label_of_20_is_one(self, label: str) -> None:
        assert sent(Link("Read.", label, ADDRESS)) == [LinkMessage("Read.", label, ADDRESS)]

    @pytest.mark.parametrize("label", ["x" * 21, "Sign\nit", "😀" * 11])
    def test_a_label_too_long_for_a_button_is_text_with_the_address_in_it(self, label: str) -> None:
        assert sent(Link("Read and sign.\n", label, ADDRESS)) == [TextMessage(f"Read and sign.\n\n{label}: {ADDRESS}")]

    def test_without_a_label_it_is_text_with_the_address_alone(self) -> None:
        assert sent(Link("Read and sign.", "\u200b", ADDRESS)) == [TextMessage(f"Read and sign.\n\n{ADDRESS}")]

    @pytest.mark.parametrize("address", ["upi://pay?pa=a@b", "tel:+911800000000", "https://e.example/" + "x" * 2000])
    def test_an_address_that_meta_would_not_take_is_text_with_it(self, address: str) -> None:
        assert sent(Link("Pay.", "Pay", address)) == [TextMessage(f"Pay.\n\nPay: {address}")]

    def test_a_long_body_keeps_its_end_over_the_button(self) -> None:
        assert sent(Link(f"{STORY}\n\nSign below.", "Sign", ADDRESS)) == [
            TextMessage(STORY.strip()),
            LinkMessage("Sign below.", "Sign", ADDRESS),
        ]

    def test_an_address_in_a_long_text_stays_whole(self) -> None:
        *_, last = sent(Link("word " * 900, "x" * 21, ADDRESS))
        assert isinstance(last, TextMessage)
        assert last.body.endswith(ADDRESS)

    def test_words_that_show_nothing_are_refused(self) -> None:
        with pytest.raises(Blank, match="body"):
            fit(Link(" ", "Sign", ADDRESS))
        with pytest.raises(Blank, match="body"):
            fit(Link(" ", "x" * 21, ADDRESS))


class TestRequests:
    def test_a_place_is_asked_for(self) -> None:
        assert sent(LocationRequest("Where?")) == [LocationRequestMessage("Where?")]

    def test_a_number_is_asked_for(self) -> None:
        assert sent(ContactRequest("Your number?")) == [ContactRequestMessage("Your number?")]

    def test_a_long_body_keeps_its_end_over_the_button(self) -> None:
        assert sent(LocationRequest(f"{STORY}Where?")) == [
            TextMessage(STORY.strip()),
            LocationRequestMessage("Where?"),
        ]
        assert sent(ContactRequest(f"{STORY}Your number?"))[1:] == [ContactRequestMessage("Your number?")]

    @pytest.mark.parametrize("message", [LocationRequest(" "), ContactRequest(" ")])
    def test_words_that_show_nothing_are_refused(self, message: Message) -> None:
        with pytest.raises(Blank, match="body"):
            fit(message)


class TestTemplates:
    def test_values_by_number(self) -> None:
        message = Template("emi_due", "hi", ("Asha", "₹9,500"), HeaderText("May"), {1: "loans/17"}, {0: "later"})
        assert sent(message) == [
            TemplateMessage(
                "emi_due",
                "hi",
                (TemplateText("Asha"), TemplateText("₹9,500")),
                TemplateText("May"),
                (TemplateButton(0, "quick_reply", "later"), TemplateButton(1, "url", "loans/17")),
            )
        ]

    def test_values_by_name(self) -> None:
        message = Template("emi_due", "hi", {"name": "Asha", "amount": "₹9,500"}, HeaderText("May", "month"))
        assert sent(message) == [
            TemplateMessage(
                "emi_due",
                "hi",
                (TemplateText("Asha", "name"), TemplateText("₹9,500", "amount")),
                TemplateText("May", "month"),
            )
        ]

    def test_a_document_in_its_header(self) -> None:
        assert sent(Template("agreement", "en", (), PDF)) == [
            TemplateMessage("agreement", "en", (), TemplateMedia("document", "4001", "agreement.pdf"))
        ]

    def test_an_image_in_its_header(self) -> None:
        assert sent(Template("house", "en", (), PHOTO)) == [
            TemplateMessage("house", "en", (), TemplateMedia("image", "4001", "house.jpg"))
        ]

    def test_values_of_several_lines_are_put_on_one(self) -> None:
        """Meta refuses the whole message for a line break in a value."""
        message = Template("a", "en", ("12 MG Road\n\nPune\t 411001",), HeaderText(" May \n 2027 "))
        (one,) = fit(message)
        assert one == Template("a", "en", ("12 MG Road Pune 411001",), HeaderText("May 2027"))
        assert fit(Template("a", "en", {"address": "MG Road\nPune"})) == (
            Template("a", "en", {"address": "MG Road Pune"}),
        )

    @pytest.mark.parametrize(
        "message",
        [
            Template("A Name", "en"),
            Template("a", "English"),
            Template("a", "en", (" ",)),
            Template("a", "en", ("x" * 1025,)),
            Template("a", "en", (), HeaderText("x" * 61)),
            Template("a", "en", (), None, {10: "x"}),
            Template("a", "en", (), None, {}, {0: "x" * 201}),
        ],
    )
    def test_what_no_template_takes_is_refused_when_it_is_said(self, message: Message) -> None:
        """Cutting a value would say something else: who made it must mend it."""
        with pytest.raises(Unsendable):
            fit(message)


def test_words_too_long_are_refused_where_they_were_not_fitted() -> None:
    """Rendering never repairs."""
    for message in (
        Document(PDF, "x" * 1025),
        Image(PHOTO, "x" * 1025),
        Link("x" * 1025, "Sign", ADDRESS),
        Link("Sign", "x" * 21, ADDRESS),
        LocationRequest("x" * 1025),
        ContactRequest("x" * 1025),
    ):
        with pytest.raises(LimitExceeded):
            render(message, "4001")


LONG = st.builds(
    lambda words, times: words * times, st.text("ab.? \n१क्षि।😀", min_size=1, max_size=30), st.integers(1, 200)
)
SHOWN = LONG.filter(lambda words: bool(words.strip()))


def shown(message: GraphMessage) -> str:
    match message:
        case LinkMessage(body, label, url):
            words = f"{body}{label}{url}"
        case DocumentMessage(_, _, caption) | ImageMessage(_, caption):
            words = caption
        case TextMessage(body) | LocationRequestMessage(body) | ContactRequestMessage(body):
            words = body
        case _:
            raise AssertionError(type(message))
    return "".join(words.split())


@settings(max_examples=150, deadline=None)
@given(SHOWN, LONG, st.sampled_from([ADDRESS, "upi://pay?pa=a@b"]))
def test_every_character_arrives_in_order(body: str, label: str, address: str) -> None:
    """Whatever a thing becomes: its words are all there, and the address behind them."""
    for message, words in (
        (Document(PDF, body), body),
        (Image(PHOTO, body), body),
        (LocationRequest(body), body),
        (ContactRequest(body), body),
    ):
        assert "".join(shown(part) for part in sent(message)) == "".join(words.split())
    whole = "".join(shown(part) for part in sent(Link(body, label, address)))
    expected = "".join(f"{body}{label}".split())
    assert whole in (f"{expected}{address}", f"{expected}:{address}")


@settings(max_examples=100, deadline=None)
@given(SHOWN, LONG)
def test_fitting_twice_changes_nothing(body: str, label: str) -> None:
    """A stored message that was fitted once can be fitted again."""
    for message in (
        Document(PDF, body),
        Link(body, label, ADDRESS),
        LocationRequest(body),
        Template("a", "en", ("b",)),
    ):
        for part in fit(message):
            assert fit(part) == (part,)
