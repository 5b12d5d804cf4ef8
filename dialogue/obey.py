"""What each command does."""

from __future__ import annotations

from dialogue import edits
from dialogue.commands import Command
from dialogue.talk import Talk


def obey(talk: Talk, command: Command) -> None:
    """Do what a command says."""
    match command.name:
        case "greet" | "start":
            where_we_are(talk)
        case "resume" if talk.state.resting:
            talk.wake()
        case "resume":
            talk.put_again()
        case "help":
            talk.aside("help")
            talk.put_again()
        case "language":
            language(talk, command.argument)
        case "menu":
            menu(talk)
        case "restart" | "restart_yes" if talk.journey.menus and not (talk.state.ended or talk.state.trouble):
            menu(talk)
        case "restart" if talk.journey.restart_asks and not talk.state.ended:
            talk.put_menu("restart_sure", "restart_yes", "resume")
        case "restart" | "restart_yes":
            talk.state.trouble = ""
            if talk.state.resting:
                talk.wake()
            talk.walk()
            edits.restart(talk)
        case "back" | "change":
            talk.walk()
            if talk.state.trouble:
                return
            if talk.journey.menus and not command.argument:
                edits.menu_up(talk)
            else:
                edits.back(talk, command.argument)
        case "agent" | "support":
            talk.aside(f"no_{command.name}_yet")
            talk.put_again()
        case "stop":
            stop(talk)
        case "pause":
            talk.state.parked, talk.state.menu = True, None
            talk.aside("paused")


def where_we_are(talk: Talk) -> None:
    """Greet, and put the question again; after an ending that reopens, begin anew; after a rest, go on."""
    if talk.state.ended in talk.journey.reopens:
        edits.begin_anew(talk)
        return
    if talk.state.resting:
        talk.wake()
        return
    if not talk.state.ended:
        talk.aside("where_we_are", stage=talk.state.stage)
    talk.put_again()


def menu(talk: Talk) -> None:
    """The journey's own menu, or a short one of ours: nothing is lost by looking at it."""
    talk.walk()
    if not talk.state.trouble and not edits.to_the_menu(talk):
        languages = ("language",) if len(talk.journey.languages) > 1 else ()
        talk.put_menu("menu", "resume", "restart", *languages, "support", "agent")


def language(talk: Talk, wanted: str) -> None:
    """Speak another language; without one named, ask which."""
    if not wanted and len(talk.journey.languages) > 1:
        talk.put_menu("which_language", *(f"language_{code}" for code in talk.journey.languages))
        return
    if wanted:
        talk.state.language = wanted
    talk.aside("language_is")
    talk.put_again()


def stop(talk: Talk) -> None:
    """Opt out: confirmed once, and nothing more is said until they come back. What stood, stands."""
    talk.state.stopped = True
    talk.out.clear()
    talk.aside("stopped")
