"""Random people: they answer, err, tap what is old, go away, come back; the world around them breaks, and is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogue import Journey
from tests.dialogue.world import World

Step = tuple[str, int]
"""what is done, and a number to choose by"""

WORDS = (
    "back", "back", "menu", "restart", "help", "hi", "नमस्ते", "language", "hindi", "english", "agent", "stop", "start",
    "continue", "well?", "", "1", "2", "yes", "no", "वापस", "मेनू",
)  # fmt: skip
HOURS = (0.1, 0.6, 1.0, 20.0, 80.0)

STEPS: Mapping[str, int] = {
    "answer": 26,
    "word": 8,
    "change": 2,
    "wrong": 2,
    "pester": 1,
    "stale": 2,
    "quick": 1,
    "attach": 1,
    "speak": 3,
    "edit": 1,
    "elsewhere": 1,
    "time": 3,
    "outage": 1,
    "mended": 1,
    "slow": 1,
    "fast": 1,
    "work": 6,
    "twice": 1,
    "outcome": 2,
    "release": 2,
    "broken": 1,
    "retry": 1,
}
"""what may be done, and how often"""


@dataclass(frozen=True)
class Bot:
    """A bot to explore: its releases, good answers, what institutions tell, where it leads."""

    releases: Sequence[Journey]
    broken: Journey
    answers: Mapping[str, Sequence[str]]
    """question -> lines; other questions are answered by an option"""
    effects: Sequence[str]
    refusable: Sequence[str]
    waits: Callable[[World], Sequence[str]]
    outcomes: Sequence[str]
    reached: Callable[[World], bool]
    """whether the person is where they wanted to be"""
    once: int = 1
    """steps of a key's path in which final work is done once (1: in an application, 2: in a turn of a menu)"""


class Explorer:
    """One random conversation."""

    def __init__(self, bot: Bot, world: World) -> None:
        self.bot = bot
        self.world = world
        self.world.types("hi")

    def live(self, script: Sequence[Step]) -> None:
        """All that happens; the world's promises are looked at in every event."""
        for what, pick in script:
            getattr(self, what)(pick)
            broken = self.world.journeys["bot"] is self.bot.broken
            assert broken or not self.world.trouble, self.world.trouble
        done = ["/".join(key.split("/")[: self.bot.once]) for key in self.world.done_for_good]
        assert len(done) == len(set(done)), f"done twice: {self.world.done_for_good}"

    def arrive(self) -> None:
        """From wherever it is, a person of good will and a world in order get to where they wanted to be."""
        world = self.world
        world.release(self.bot.releases[0])
        self.mended(0)
        self.fast(0)
        world.types("start")
        world.retried()
        assert not world.trouble
        for _ in range(60):
            if self.bot.reached(world):
                return
            state = world.state
            if state.menu is not None:
                options = [one.id for one in state.menu.alternatives]
                world.taps("resume" if "resume" in options else options[0])
            elif state.parked:
                world.types("hi")
            elif state.ended:
                world.types("restart")
            elif state.pending is not None:
                lines = self.bot.answers.get(state.pending.name) or [f"[{state.pending.alternatives[0].id}]"]
                world.line(lines[0])
            elif world.waiting_for == "backend":
                world.passes(hours=2)
            else:
                for wait in self.bot.waits(world):
                    world.told(wait, self.bot.outcomes[0])
        raise AssertionError(f"never arrives: {world.waiting_for}, {world.state.pending}")

    # -- the person -----------------------------------------------------------------------------------

    def answer(self, pick: int) -> None:
        """Answer what is asked, or the menu on top of it."""
        state = self.world.state
        prompt = state.menu or state.pending
        if prompt is None or state.parked:
            self.world.types("hi")
        elif lines := self.bot.answers.get(prompt.name):
            self.world.line(lines[pick % len(lines)])
        else:
            self.world.taps(self.world.asked.alternatives[pick % len(self.world.asked.alternatives)].id)

    def word(self, pick: int) -> None:
        """Say something that every bot understands, or nobody."""
        self.world.types(WORDS[pick % len(WORDS)])

    def change(self, pick: int) -> None:
        """Change an answer by name."""
        names = [name.replace("_", " ") for name in self.bot.answers]
        self.world.types(f"change {names[pick % len(names)]}")

    def wrong(self, pick: int) -> None:
        """Say what fits nowhere, once or up to three times in a row."""
        for _ in range(1 + pick % 3):
            self.world.types("?!%" * (1 + pick))

    def pester(self, pick: int) -> None:
        """Another machine answers us, on and on, in sight of whatever was shown."""
        for _ in range(8 + pick % 8):
            self.world.types("This mailbox is not read.", self.world.shown if pick % 2 else "")

    def stale(self, pick: int) -> None:
        """Tap something shown earlier, or write in sight of it."""
        old = self.world.put[pick % len(self.world.put)]
        if old.alternatives:
            self.world.taps(old.alternatives[pick % len(old.alternatives)].id, old.ref)
        else:
            self.world.types("Asha", old.ref)

    def quick(self, pick: int) -> None:
        """Two messages in sight of one question."""
        shown = self.world.shown
        self.answer(pick)
        self.world.types("45000", shown)

    def attach(self, pick: int) -> None:
        """Send something that is no text."""
        kind = ("image", "audio", "unsupported")[pick % 3]
        if kind == "audio":
            self.world.speaks("")
        else:
            self.world.attaches(kind)

    def speak(self, pick: int) -> None:
        """Say an answer, a word that every bot understands, or nothing; perhaps whoever listens is slow, or down."""
        state = self.world.state
        prompt = state.menu or state.pending
        lines = [line for line in self.bot.answers.get(prompt.name, ()) if "[" not in line] if prompt else []
        words = (*lines, *lines, WORDS[pick % len(WORDS)])
        if pick % 4 == 0:
            self.world.slow = {*self.world.slow, "transcribe"}
        elif pick % 7 == 0:
            self.world.down.add("transcribe")
        self.world.speaks(
            words[pick % len(words)], self.world.put[pick % len(self.world.put)].ref if pick > 50 else None
        )

    def edit(self, pick: int) -> None:
        """Rewrite what was written in sight of some question."""
        old = self.world.put[pick % len(self.world.put)]
        lines = self.bot.answers.get(old.key) or ["1"]
        self.world.edits(lines[pick % len(lines)] if pick % 3 else "?!%", old.ref)

    def elsewhere(self, pick: int) -> None:
        """Opt out of another bot of the business, and mostly in again."""
        self.world.opts_out_elsewhere()
        if pick % 4:
            self.world.opts_in_elsewhere()

    def time(self, pick: int) -> None:
        """Go away for a while."""
        self.world.passes(hours=HOURS[pick % len(HOURS)])

    # -- the world ------------------------------------------------------------------------------------

    def outage(self, pick: int) -> None:
        """Something outside does not answer any more, or says no."""
        effect = self.bot.effects[pick % len(self.bot.effects)]
        if effect in self.bot.refusable and pick // len(self.bot.effects) % 2:
            self.world.refusing[effect] = "no"
        else:
            self.world.down.add(effect)

    def mended(self, pick: int) -> None:
        """Everything answers again."""
        self.world.down, self.world.refusing = set(), {}

    def slow(self, pick: int) -> None:
        """Work takes its time."""
        self.world.slow = set(self.bot.effects)

    def fast(self, pick: int) -> None:
        """Work ends at once again, and what was under way ends now."""
        self.world.slow = set()
        for work in list(self.world.running.values()):
            self.world.ends(work, "finished")

    def work(self, pick: int) -> None:
        """Some work under way ends somehow, whether it is still wanted or not."""
        running = list(self.world.running.values())
        if not running:
            self.answer(pick)
            return
        work = running[pick % len(running)]
        if pick % 7 == 0:
            self.world.ends(work, "failed")
        elif pick % 7 == 1 and work.effect.name in self.bot.refusable:
            self.world.ends(work, "refused", "no")
        else:
            self.world.ends(work, "finished")

    def twice(self, pick: int) -> None:
        """Something is told once more."""
        if self.world.news:
            self.world.happen(replace(self.world.news[pick % len(self.world.news)], now=self.world.now))

    def outcome(self, pick: int) -> None:
        """An institution tells something, perhaps too early, too late or again."""
        waits = self.bot.waits(self.world)
        if waits:
            self.world.told(waits[pick % len(waits)], self.bot.outcomes[pick % len(self.bot.outcomes)])

    def release(self, pick: int) -> None:
        """Another release decides from now on; an operator tries again what was in trouble."""
        self.world.release(self.bot.releases[pick % len(self.bot.releases)])
        if self.world.trouble:
            self.world.retried()

    def broken(self, pick: int) -> None:
        """A release that breaks somewhere."""
        self.world.release(self.bot.broken)

    def retry(self, pick: int) -> None:
        """An operator tries again."""
        self.world.retried()
