"""The page of a bot: a map that GitHub draws, with nothing left out and nothing that breaks it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from dialogue import Chat, choice, typed
from domain.messages import Choice, Option, Text
from domain.said import Said
from journeys.loan import Loan
from maps.drawing import Counts, draw, identifier
from maps.exploring import explore
from maps.page import page
from maps.places import Node
from tests.dialogue.journeys import journey, number
from tests.maps.bots import Form, desk
from texts import Catalogue

NODE = re.compile(r'^ +(\w+)(?:\(\(|\[\[|\[|\{\{|\(\[|>)"([^"]*)"(?:\)\)|\]\]|\]|\}\}|\]\))(?::::\w+)$')
EDGE = re.compile(r'^ +(\w+) (-->|-\.->)(?:\|"([^"]*)"\|)? (\w+)$')
OTHER = re.compile(r'^(flowchart TD| +subgraph \w+\["[^"]*"\]| +end| +classDef \w+ [\w:#,-]+)$')


class Ids(Catalogue):
    """Texts for bots without any: everything is called by its name."""

    def __init__(self) -> None:
        super().__init__("loan")

    def render(self, said: Said, language: str, /, **standing: str) -> Text | Choice:
        """The name, and those of the options."""
        options = tuple(Option(one.id, f"to {one.id}") for one in said.alternatives)
        return Choice(f"{said.key}?", options, "…") if options else Text(f"{said.key}?")


@dataclass
class Drawn:
    """A map, read."""

    nodes: dict[str, str]
    edges: list[tuple[str, str, str, str]]


def read(text: str) -> Drawn:
    """Every line is a node, an edge, or what Mermaid has beside them."""
    drawn = Drawn({}, [])
    for line in text.splitlines():
        if found := NODE.match(line):
            drawn.nodes[found[1]] = found[2]
        elif found := EDGE.match(line):
            drawn.edges.append((found[1], found[2], found[3] or "", found[4]))
        else:
            assert OTHER.match(line), line
    return drawn


@pytest.fixture(scope="module")
def of_the_desk() -> Drawn:
    return read(draw(explore(desk()), Ids()))


class TestTheMap:
    def test_has_every_place_once_and_every_edge_between_two_of_them(self, of_the_desk: Drawn) -> None:
        explored = explore(desk())
        assert set(of_the_desk.nodes) == {identifier(node) for node in explored.nodes}
        assert {end for edge in of_the_desk.edges for end in (edge[0], edge[3])} == set(of_the_desk.nodes)

    def test_says_on_an_edge_what_people_see(self, of_the_desk: Drawn) -> None:
        labels = {(start, end): label for start, _, label, end in of_the_desk.edges}
        assert labels["question_main_main", "question_orders_orders"] == "to orders"
        assert labels["question_main_main", "question_main_main"] == "to about"
        assert labels["question_orders_number", "work_orders_search"] == ""
        assert labels["question_main_proof", "work_main_lead"] == "“none at all”<br/>a file: image"
        assert labels["question_orders_which", "question_orders_orders"] == "one of them<br/>to leave"
        assert labels["wait_main_parcel", "question_main_main"] == "arrived<br/>expired"

    def test_says_of_results_what_sets_them_apart(self, of_the_desk: Drawn) -> None:
        labels = {(start, end): label for start, _, label, end in of_the_desk.edges}
        assert labels["work_orders_search", "question_orders_which"] == "state: open"
        assert labels["work_orders_search", "question_orders_orders"] == "state: closed<br/>refused: unknown"

    def test_leaves_silence_and_outages_out(self, of_the_desk: Drawn) -> None:
        assert not [edge for edge in of_the_desk.edges if edge[0] == edge[3] == "work_orders_search"]
        assert not [edge for edge in of_the_desk.edges if edge[0] == "question_orders_number" and "main" in edge[3]]

    def test_dots_an_arrow_that_the_same_answers_take_elsewhere(self) -> None:
        drawn = read(draw(explore(Form()), Ids()))
        assert [edge[1:3] for edge in drawn.edges if edge[0] == "question_details_name"] == [("-->", ""), ("-.->", "")]

    def test_does_not_break_on_signs_that_mean_something_to_mermaid(self) -> None:
        odd = typed("odd", int, number, example="1", others=('2"|]#<b>`',))

        async def run(chat: Chat) -> str:
            number = await chat.ask(odd)
            return str(number)

        text = draw(explore(journey(run, questions=(odd,))), Ids())
        read(text)

    def test_counts_those_whom_more_than_a_few_options_lead_to(self) -> None:
        many = choice("many", *map(str, range(9)))

        async def run(chat: Chat) -> str:
            return "done" if await chat.ask(many) else ""

        drawn = read(draw(explore(journey(run, questions=(many,))), Ids()))
        assert ("question_many", "-->", "any of 9", "ending_done") in drawn.edges

    def test_with_counts_has_them_on_stages_and_places(self) -> None:
        counts = Counts({"details": 12}, {("details", "answer:name"): 3})
        text = draw(explore(Form()), Ids(), counts)
        assert '["details · 12"]' in text
        assert read(text).nodes["question_details_name"] == "name · 3"
        assert read(text).nodes["question_details_number"] == "number"


class TestThePage:
    def test_has_a_row_for_every_question_with_its_words_and_options(self) -> None:
        written = page("loan", Loan(Catalogue("loan")), Catalogue("loan"))
        for question in Loan.questions:
            assert f"| `{question.name}` |" in written
        assert "| `monthly_income` | How much do you earn in a month? " in written
        assert "Get a loan<br>Support" in written
        assert "“45000”" in written

    def test_has_a_row_for_every_effect_and_wait(self) -> None:
        written = page("desk", desk(), Ids())
        assert "| `search` | `int` | `Slip` | `unknown` | 5 × 12 s |  |" in written
        assert "| `lead` | `str` | `str` |  | 5 × 12 s | yes |" in written
        assert "| `parcel` | main | `arrived`<br>`expired` |" in written

    def test_says_what_is_accepted(self) -> None:
        written = page("desk", desk(), Ids())
        assert "| `number` | number? |  | a number | “7” |" in written
        assert "| `proof` | proof? |  | words or an image | “none at all” |" in written

    def test_tells_bots_of_menus_from_others(self) -> None:
        assert "*back* one menu up" in page("desk", desk(), Ids())
        assert "*back* undoes" in page("form", Form(), Ids())


def test_a_place_is_called_the_same_on_every_map() -> None:
    assert identifier(Node("kyc", "wait", "face-match")) == "wait_kyc_face_match"
