"""How long things may be on WhatsApp through Meta's Cloud API; how that is counted, channels/limits.py says.

How long what can be tapped may be is in channels/choices.py.

Sources: Meta's pages on text messages, interactive reply buttons, interactive lists, call-to-action URL buttons,
location requests, images, and template components; the limits of the callback data, of a document's name and of a
template's link suffix are common knowledge.
"""

from __future__ import annotations

from channels.choices import BUTTON_TITLE as BUTTON_TITLE
from channels.choices import LIST_OPENER as LIST_OPENER
from channels.choices import MOST_BUTTONS as MOST_BUTTONS
from channels.choices import ROW_DESCRIPTION as ROW_DESCRIPTION
from channels.choices import ROW_TITLE as ROW_TITLE
from domain.messages import MOST_OPTIONS

TEXT_BODY = 4096
BUTTONS_BODY = 1024
LIST_BODY = 4096
MOST_ROWS = MOST_OPTIONS
CALLBACK_DATA = 512
CAPTION = 1024
FILENAME = 240
LINK_LABEL = 20
LINK_URL = 2000
TEMPLATE_NAME = 512
TEMPLATE_HEADER = 60
TEMPLATE_VALUE = 1024
"""A body's limit with its values in it, so no value is longer."""
MOST_TEMPLATE_BUTTONS = 10
