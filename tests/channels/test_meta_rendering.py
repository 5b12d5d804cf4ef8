"""Neutral messages become buttons, lists or numbered text, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import Blank, LimitExceeded, NotText, Unsendable
from channels.limits import is_blank, length
from channels.meta import Button, ButtonsMessage, GraphMessage, ListMessage, ListRow, TextMessage, fit, render
from channels.splitting import split
from domain.messages import Choice, Message, Option, Text


def choice(*labels: str, body: str = "Which one?", opener: str = "Choose", first: int = 1) -> Choice:
    return Choice(body, tuple(Option(f"o{at}", label) for at, label in enumerate(labels)), opener, first)


def sent(message: Message) -> list[GraphMessage]:
    return [render(part) for part in fit(message)]


def only(message: Message) -> GraphMessage:
    (graph_message,) = sent(message)
    return graph_message


class TestShapes:
    def test_three_short_options_are_buttons(self) -> None:
        """The simplest thing to tap."""
        assert only(choice("Yes", "No", "Not now")) == ButtonsMessage(
            "Which one?", (Button("o0", "Yes"), Button("o1", "No"), Button("o2", "Not now"))
        )

    def test_what_leads_to_another_page_takes_no_number(self) -> None:
        """The next page's first option has it."""
        long = "a label that is longer than a title may be"
        more = Option("page_1", "More", numbered=False)
        message = only(Choice("Which one?", (Option("o0", long), Option("o1", long + "!"), more), "Choose", 9))
        assert isinstance(message, ListMessage)
        assert [row.title for row in message.rows] == ["9", "10", "More"]
        as_text = only(Choice("Which one?", (Option("o0", long * 2), more), "", 9))
        assert as_text == TextMessage(f"Which one?\n\n9. {long * 2}\nMore")

    def test_four_options_are_a_list(self) -> None:
        """Buttons are three at most."""
        message = only(choice("A", "B", "C", "D"))
        assert isinstance(message, ListMessage)
        assert (message.opener, message.rows[3]) == ("Choose", ListRow("o3", "D"))

    def test_a_label_too_long_for_a_button_makes_a_list(self) -> None:
        """21 to 24 characters are a row's title."""
        assert isinstance(only(choice("A", "x" * 20)), ButtonsMessage)
        assert isinstance(only(choice("A", "x" * 21)), ListMessage)
        assert isinstance(only(choice("A", "x" * 24)), ListMessage)

    def test_a_description_makes_a_list(self) -> None:
        """Buttons have none."""
        message = only(Choice("Which one?", (Option("a", "Salaried", "A monthly salary"),), "Choose"))
        assert message == ListMessage("Which one?", "Choose", (ListRow("a", "Salaried", "A monthly salary"),))

    def test_labels_too_long_for_rows_become_descriptions_under_numbers(self) -> None:
        """All rows alike, numbered on from page to page, so that a number typed means the same."""
        long = "Loan against a house that stands in Pune"
        message = only(Choice("Which one?", (Option("a", "Gold", "Jewels"), Option("b", long)), "Choose", first=10))
        assert message == ListMessage(
            "Which one?", "Choose", (ListRow("a", "10", "Gold · Jewels"), ListRow("b", "11", long))
        )

    def test_two_options_of_the_same_name_are_told_apart_by_numbers(self) -> None:
        """Meta refuses buttons of the same title."""
        message = only(choice("Pune", "Pune"))
        assert message == ListMessage("Which one?", "Choose", (ListRow("o0", "1", "Pune"), ListRow("o1", "2", "Pune")))

    def test_labels_too_long_for_descriptions_too_are_numbered_lines(self) -> None:
        """Nothing to tap, and nothing cut: the number can be typed."""
        options = (Option("a", "Gold", "Jewels"), Option("b", "x" * 73))
        message = only(Choice("Which one?\n", options, "Choose", first=4))
        assert message == TextMessage(f"Which one?\n\n4. Gold\n    Jewels\n5. {'x' * 73}")

    @pytest.mark.parametrize("opener", ["", " ", "x" * 21])
    def test_without_a_usable_opener_there_is_no_list(self, opener: str) -> None:
        """Buttons need no opener; what would be a list is numbered lines."""
        assert isinstance(only(choice("A", "B", opener=opener)), ButtonsMessage)
        assert only(choice("A", "B", "C", "D", opener=opener)) == TextMessage("Which one?\n\n1. A\n2. B\n3. C\n4. D")

    def test_a_label_of_several_lines_is_not_put_on_a_button(self) -> None:
        """Buttons and rows show one line."""
        assert only(choice("One\nTwo")) == TextMessage("Which one?\n\n1. One\nTwo")

    def test_emoji_count_twice_so_a_label_of_them_is_a_row_early(self) -> None:
        """The conservative count, seen from outside."""
        assert isinstance(only(choice("😀" * 10)), ButtonsMessage)
        assert isinstance(only(choice("😀" * 11)), ListMessage)


class TestLongBodies:
    def test_a_text_of_4096_characters_is_one_message(self) -> None:
        """The limit itself."""
        assert only(Text("x" * 4096)) == TextMessage("x" * 4096)

    def test_a_longer_text_breaks_between_paragraphs(self) -> None:
        """Where a reader would break it."""
        first, second = "A sentence. " * 200 + "End.", "Another one. " * 200 + "End."
        assert sent(Text(f"{first}\n\n{second}")) == [TextMessage(first), TextMessage(second)]

    @pytest.mark.parametrize(
        ("text", "pieces"),
        [
            ("one two\nthree four", ["one two", "three four"]),
            ("One two? Three four", ["One two?", "Three four"]),
            ("एक दो। तीन चार पांच", ["एक दो।", "तीन चार", "पांच"]),
            ("at Rs.5 is 5. of many", ["at Rs.5 is", "5. of many"]),
            ("a\nbbbb cccc dddd", ["a\nbbbb cccc", "dddd"]),
            ("onetwothreefour", ["onetwothree", "four"]),
            ("a bbbbbbbbbbbbbbb", ["a", "bbbbbbbbbbb", "bbbb"]),
        ],
    )
    def test_lines_sentences_words_and_last_letters(self, text: str, pieces: list[str]) -> None:
        """The nicer break wins unless it would leave a piece less than half full."""
        assert split(text, 11) == pieces

    @pytest.mark.parametrize(
        "grapheme",
        [
            "👨‍👩‍👧",
            "👍🏽",
            "🇮🇳",
            "e\u0301\u0302",
            "क्ष",
            "नि",
            "1️⃣",
            "\u1112\u1161\u11ab",
            "🏴\U000e0067\U000e0062\U000e007f",
        ],
    )
    def test_what_is_seen_as_one_sign_is_never_cut(self, grapheme: str) -> None:
        """Families, skin tones, flags, accents, conjuncts, vowel signs, Korean syllables."""
        for limit in range(2 * length(grapheme), 2 * length(grapheme) + 6):
            pieces = split("." + grapheme * 30, limit)
            assert "".join(pieces) == "." + grapheme * 30
            assert all(piece.removeprefix(".").replace(grapheme, "") == "" for piece in pieces)

    def test_a_sign_longer_than_a_message_is_cut_all_the_same(self) -> None:
        """A thousand accents on one letter are an attack, and still no reason to hang or to lose them."""
        assert "".join(split("a" + "\u0301" * 5000, 4096)) == "a" + "\u0301" * 5000

    def test_a_choice_keeps_its_last_paragraph_and_sends_the_rest_ahead(self) -> None:
        """Buttons take 1024 characters; the question stays with what answers it."""
        story = "We compare what several lenders offer. " * 40
        before, last = sent(choice("Yes", "No", body=f"{story}\n\nShall we go on?"))
        assert before == TextMessage(story.strip())
        assert last == ButtonsMessage("Shall we go on?", (Button("o0", "Yes"), Button("o1", "No")))

    def test_a_choice_of_one_long_paragraph_keeps_its_last_sentence(self) -> None:
        """The nearest thing to a question."""
        story = "We compare what several lenders offer. " * 40
        assert sent(choice("Yes", body=f"{story}Shall we go on?"))[-1] == ButtonsMessage(
            "Shall we go on?", (Button("o0", "Yes"),)
        )

    def test_a_body_without_any_break_is_cut_between_letters(self) -> None:
        """Nothing is lost even so."""
        before, last = sent(choice("Yes", body="x" * 1500))
        assert isinstance(last, ButtonsMessage)
        assert before == TextMessage("x" * 476)
        assert last.body == "x" * 1024

    def test_a_list_keeps_to_the_shorter_body_too(self) -> None:
        """Meta takes 4096 there, many providers in between do not."""
        assert len(sent(choice("A", "B", "C", "D", body="word " * 400))) == 2

    def test_numbered_lines_too_long_for_one_message_are_several(self) -> None:
        """Ten options of a thousand letters each: all of them arrive, in order."""
        labels = [f"{letter}" * 1000 for letter in "abcdefghij"]
        parts = sent(choice(*labels))
        assert all(isinstance(part, TextMessage) for part in parts)
        whole = "\n".join(part.body for part in parts if isinstance(part, TextMessage))
        assert all(f"{number}. {label}" in whole for number, label in enumerate(labels, 1))

    def test_a_body_that_ends_in_invisible_characters_keeps_words_over_its_options(self) -> None:
        """The last part is never an empty bubble with buttons."""
        last = only(choice("Yes", body="Shall we go on?" + "\u200b" * 2000))
        assert isinstance(last, ButtonsMessage)
        assert last.body.startswith("Shall we go on?")


class TestUnsendable:
    @pytest.mark.parametrize("nothing", ["", " \n", "\u200b\u200d"])
    def test_nothing_to_show_is_refused_before_it_is_queued(self, nothing: str) -> None:
        """A body or a label that nobody sees is a bug in the text, and named as one."""
        with pytest.raises(Blank, match="body"):
            fit(Text(nothing))
        with pytest.raises(Blank, match="body"):
            fit(choice("Yes", body=nothing))
        with pytest.raises(Blank, match=r"option\.label"):
            fit(choice("Yes", nothing))

    def test_half_of_a_surrogate_pair_is_refused(self) -> None:
        """It has no UTF-8."""
        with pytest.raises(NotText):
            fit(Text("\ud83d"))

    def test_an_id_that_would_not_come_back_is_refused(self) -> None:
        """Over 200 characters, or with spaces around it: cutting it would answer another question."""
        with pytest.raises(LimitExceeded, match=r"option\.id is 201 long"):
            fit(Choice("Which?", (Option("x" * 201, "A"),), "Choose"))
        with pytest.raises(Unsendable, match=r"option\.id begins or ends"):
            fit(Choice("Which?", (Option("x ", "A"),), "Choose"))

    def test_what_was_not_fitted_is_refused_and_not_cut(self) -> None:
        """Rendering never repairs."""
        with pytest.raises(LimitExceeded):
            render(Text("x" * 4097))
        with pytest.raises(LimitExceeded):
            render(choice("Yes", body="x" * 1025))


# Everything texts are made of here: breaks of all kinds, two scripts more, right to left, emoji and their parts,
# joiners, marks, and letters that show nothing.
LETTERS = st.sampled_from("ab.?! \n\t१क्षि।م؟\u00a0\u200b\u200c\u200d\u202e\u0301\ufe0f😀👍🏽🇮🇳\u1112\u1161")
WORDS = st.text(LETTERS, min_size=1, max_size=30) | st.text(min_size=1, max_size=30).filter(
    lambda words: words.isprintable()
)
SHOWN = WORDS.filter(lambda words: not is_blank(words))
LONG = st.builds(lambda words, times: words * times, SHOWN, st.integers(1, 400))


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    labels = draw(st.lists(SHOWN | st.builds(lambda words: words * 5, SHOWN), min_size=1, max_size=10))
    descriptions = draw(st.sampled_from(["", " ", "words", "w" * 73]) | WORDS)
    options = tuple(Option(f"o{at}", label, descriptions if at % 2 else "") for at, label in enumerate(labels))
    return Choice(draw(LONG), options, draw(st.sampled_from(["", "Choose", "चुनें", "x" * 30])), draw(st.integers(1, 30)))


def seen(message: GraphMessage) -> str:
    """All words of a Graph message in the order they are shown, white space left out."""
    assert isinstance(message, TextMessage | ButtonsMessage | ListMessage)
    shown = message.body
    if isinstance(message, ButtonsMessage):
        shown += "".join(button.title for button in message.buttons)
    if isinstance(message, ListMessage):
        shown += "".join(row.title + row.description for row in message.rows)
    return "".join(shown.split())


def said(message: Text | Choice) -> list[str]:
    """All words of a neutral message in the order they should be shown, white space left out."""
    if isinstance(message, Text):
        return ["".join(message.body.split())]
    parts = [message.body]
    for option in message.options:
        parts += [option.label, "" if is_blank(option.description) else option.description]
    return ["".join(part.split()) for part in parts]


@settings(max_examples=150, deadline=None)
@given(LONG)
def test_every_character_of_a_text_arrives_in_order(body: str) -> None:
    """However it is split: only white space at the breaks is gone, and the end of a bubble stands for it."""
    assert "".join(seen(message) for message in sent(Text(body))) == "".join(body.split())


@settings(max_examples=250, deadline=None)
@given(choices())
def test_every_character_of_a_choice_arrives_in_order(message: Choice) -> None:
    """Body, labels, descriptions: all in order, in messages whose constructors found nothing to refuse."""
    whole = "".join(seen(part) for part in sent(message))
    at = 0
    for words in said(message):
        at = whole.index(words, at) + len(words)


@settings(max_examples=150, deadline=None)
@given(choices())
def test_options_are_tappable_in_the_last_message_or_all_are_numbered(message: Choice) -> None:
    """What can be tapped comes last and holds every id, once and in order; else every number can be read."""
    *before, last = sent(message)
    assert all(isinstance(part, TextMessage) for part in before)
    ids = [option.id for option in message.options]
    if isinstance(last, ButtonsMessage):
        assert [button.id for button in last.buttons] == ids
    elif isinstance(last, ListMessage):
        assert [row.id for row in last.rows] == ids
    else:
        whole = "\n".join(part.body for part in [*before, last] if isinstance(part, TextMessage))
        assert all(f"{message.first + at}." in whole for at in range(len(ids)))


@settings(max_examples=100, deadline=None)
@given(LONG | choices().map(lambda message: message.body))
def test_fitting_twice_changes_nothing(body: str) -> None:
    """A stored message that was fitted once can be fitted again."""
    for part in fit(Text(body)):
        assert fit(part) == (part,)


@settings(max_examples=100, deadline=None)
@given(choices())
def test_a_fitted_choice_is_fitted_for_good(message: Choice) -> None:
    """The same for what can be tapped."""
    for part in fit(message):
        assert fit(part) == (part,)
