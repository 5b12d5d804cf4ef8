"""What fetching a file can end in, by what to do about it, beside the kinds of ChannelError. No text holds a name.

MediaError
├── MediaGone         the provider has it no more: ask for it again
├── MediaTooLarge     more bytes than we take: say so, ask for a smaller one
├── WrongMediaType    of a type we do not take: say so, ask for another
├── MediaDamaged      not what its digest says: fetch it once more, then ask for it again
└── MediaNotAllowed   at an address that we do not ask: alert, since the provider would not name it
"""

from __future__ import annotations


class MediaError(Exception):
    """The base of what is wrong with a file itself. `reason` is the word for it in the database."""

    reason = ""


class MediaGone(MediaError):
    """The provider does not have it any more: its ids last for a week, its addresses for minutes."""

    reason = "gone"

    def __init__(self) -> None:
        super().__init__("the provider has this file no more: ask the person to send it again")


class MediaTooLarge(MediaError):
    """More bytes than we take."""

    reason = "too_large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"a file of more than {most_bytes} bytes: ask the person for a smaller one")
        self.most_bytes = most_bytes


class WrongMediaType(MediaError):
    """Of a type we do not take."""

    reason = "wrong_type"

    def __init__(self) -> None:
        super().__init__("a file of a type that is not taken here: ask the person for another")


class MediaDamaged(MediaError):
    """Its digest is not the one that was announced."""

    reason = "damaged"

    def __init__(self) -> None:
        super().__init__("a file whose SHA-256 is not the one announced: fetch it again, then ask for it again")


class MediaNotAllowed(MediaError):
    """The address of the file is none that we ask: not https, without a name, or inside a network."""

    reason = "not_allowed"

    def __init__(self, problem: str) -> None:
        super().__init__(f"the file's address {problem}: it is not fetched")
