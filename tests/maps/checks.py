"""What holds for every bot wherever one goes in it, and for bots of menus. A failure says where and how."""

from __future__ import annotations

import re

from dialogue import Decision, Finished, Journey, State, Typed, WasRefused
from maps.exploring import Exploration, happen
from maps.places import FILE, OPTION, QUESTION, SILENCE, TROUBLE, TYPED, Node, Stand
from maps.samples import results
from tests.dialogue.promises import kept

WORDS = ("back", "menu", "help", "restart", "language", "hi", "agent", "?!%")
"""what may be said at any moment, and what means nothing"""
MOST_MENUS = 6
"""menus in one another"""


def nobody_is_in_trouble(explored: Exploration) -> None:
    """No answer, result, refusal or outcome breaks it, and after each somebody or something is waited for."""
    for step in explored.steps:
        assert step.end.node.kind != TROUBLE, f"{step.way} at {step.start}: {step.end.node.name}"


def every_promise_is_kept(explored: Exploration) -> None:
    """All that holds for every decision: the question is last, only data leaves, a walk without news says nothing."""
    for one in explored.events:
        ended = {one.event.key} if isinstance(one.event, Finished | WasRefused) else set()
        try:
            kept(
                {State.load(one.start.state).bot: explored.journey},
                one.start.state,
                one.event,
                one.decision,
                ended,
                set(),
                one.end.shown,
            )
        except AssertionError as broken:
            raise AssertionError(f"{type(one.event).__name__} at {one.start}: {broken}") from None


def every_question_is_reached(explored: Exploration) -> None:
    """None is out of reach. One that only a rare answer leads to has that among its `others`."""
    reached = {node.name for node in explored.nodes if node.kind == QUESTION}
    missed = [question.name for question in explored.journey.questions if question.name not in reached]
    assert not missed, (
        f"nothing leads to {missed}: give a question before it `others`, an effect `samples` or `refusals`"
    )


def every_question_can_be_answered(explored: Exploration) -> None:
    """Each has options, an example or takes a file: else nobody can try it."""
    answered = {step.start.node for step in explored.steps if step.way.kind in (OPTION, TYPED, FILE)}
    silent = [str(node) for node in explored.nodes if node.kind == QUESTION and node not in answered]
    assert not silent, f"nothing answers {silent}: give it an `example`"


def every_option_is_tried(explored: Exploration) -> None:
    """Also those on later pages."""
    for question in explored.journey.questions:
        if not callable(question.options):
            tried = {step.way.name for step in explored.steps if step.start.node.name == question.name}
            assert set(question.options) <= tried, f"{question.name}: never tried {set(question.options) - tried}"


def an_example_is_an_answer(explored: Exploration) -> None:
    """What a question gives as its example is taken."""
    for step in explored.steps:
        if step.way.kind in (OPTION, TYPED) and not step.way.name.startswith("page_"):
            journal = State.load(step.end.state).journal
            pending = State.load(step.start.state).pending
            same = State.load(step.end.state).pending
            taken = pending is None or same is None or same.key != pending.key or pending.key in journal
            assert taken, f"{step.way} is no answer at {step.start}: {[said.key for said in step.end.decision.say]}"


def every_word_is_understood_everywhere(explored: Exploration) -> None:
    """At any moment: never trouble, never silence, and a question that is put is last."""
    for stand in explored.nodes.values():
        if stand.path and stand.node.kind != TROUBLE:
            for word in WORDS:
                there = told(explored.journey, stand, word)
                assert there.node.kind != TROUBLE, f"{word} at {stand}: {there.node.name}"
                assert there.decision.say or there.decision.work, f"{word} at {stand}: silence"
                assert_the_question_is_last(there.decision, f"{word} at {stand}")


def main_menu(explored: Exploration) -> Node:
    """Where a bot of menus begins."""
    return explored.steps[0].end.node


def there_are_no_dead_ends(explored: Exploration) -> None:
    """From everywhere the first menu can be reached by choosing, without a word that one has to know."""
    back_at_the_menu = explored.leading_to(main_menu(explored))
    dead = [str(stand) for node, stand in explored.nodes.items() if node not in back_at_the_menu]
    assert not dead, f"no way leads back to the menu from: {'; '.join(dead)}"


def menu_leads_to_the_first_menu(explored: Exploration) -> None:
    """From everywhere, but for final work that has begun: that is ended first."""
    main = main_menu(explored)
    for stand in explored.stands:
        there = told(explored.journey, stand, "menu")
        final = stand.decision.work is not None and stand.decision.work.effect.final
        assert there.node.name == (stand.node.name if final else main.name), f"menu at {stand} leads to {there.node}"


def back_leads_one_menu_up(explored: Exploration) -> None:
    """Each `back` begins a menu again that one is in, and after a few of them one is at the first menu."""
    main = main_menu(explored)
    for stand in explored.stands:
        if stand.node.kind == QUESTION:
            at = stand
            for _ in range(MOST_MENUS):
                there = settled(explored.journey, told(explored.journey, at, "back"))
                assert there.node.kind == QUESTION, f"back at {at}: {there.node}"
                assert_the_question_is_last(there.decision, f"back at {at}")
                assert is_within(rounds(at), rounds(there)), f"back at {at} leads into another menu: {there.node}"
                at = there
            assert at.node.name == main.name, f"back, again and again, at {stand} leads to {at.node}"


def silence_leads_to_the_first_menu(explored: Exploration) -> None:
    """Whoever comes back after a while finds the first menu."""
    main = main_menu(explored)
    for step in explored.steps:
        if step.way.kind == SILENCE:
            assert step.end.node.name == main.name, f"a silence at {step.start} leads to {step.end.node}"


def settled(journey: Journey, stand: Stand) -> Stand:
    """Where it stands when the work that it wants is done: a menu may begin with work."""
    while stand.decision.work is not None:
        work = stand.decision.work
        stand = happen(journey, stand, Finished(stand.now, work.key, results(work.effect)[0].value))
    return stand


def told(journey: Journey, stand: Stand, words: str) -> Stand:
    """Where it stands after these words."""
    return happen(journey, stand, Typed(stand.now, words, stand.shown), (*stand.path, words))


def assert_the_question_is_last(decision: Decision, where: str) -> None:
    """If one is to be answered and was put."""
    put = [said.ref for said in decision.say if said.ref]
    assert not put or decision.say[-1].ref == put[-1] == decision.asks, f"{where}: the question is not last"


def rounds(stand: Stand) -> list[str]:
    """The rounds and parts that a question is in, from without."""
    pending = State.load(stand.state).pending
    return [re.sub(r"[~#].*", "", part) for part in pending.key.split("/")[1:-1]] if pending else []


def is_within(inner: list[str], outer: list[str]) -> bool:
    """Whether the one is the other or in it."""
    return inner[: len(outer)] == outer


FOR_ALL = (
    nobody_is_in_trouble,
    every_promise_is_kept,
    every_question_is_reached,
    every_question_can_be_answered,
    every_option_is_tried,
    an_example_is_an_answer,
    every_word_is_understood_everywhere,
)
FOR_MENUS = (
    there_are_no_dead_ends,
    menu_leads_to_the_first_menu,
    back_leads_one_menu_up,
    silence_leads_to_the_first_menu,
)
