"""What people read: one Fluent catalogue a bot and language, and what makes messages of it.

`Catalogue(bot)` renders what a dialogue says and knows what options and questions are called; `tapped` undoes the id
that a tap carries. The words are in `shared/<language>.ftl`, what a bot adds or replaces in `<bot>/<language>.ftl`.
"""

from texts.catalogue import Catalogue
from texts.errors import BrokenCatalogue, MissingText, TextError, UnwritableValue
from texts.taps import tapped, wire_id

__all__ = ["BrokenCatalogue", "Catalogue", "MissingText", "TextError", "UnwritableValue", "tapped", "wire_id"]
