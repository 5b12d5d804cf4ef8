"""Reading what people type, in English, Hindi and Hinglish. Pure functions: they return a value or raise `Invalid`."""

from dialogue.parsers.amounts import rupees
from dialogue.parsers.budgets import dollars
from dialogue.parsers.choices import Label, pick
from dialogue.parsers.countries import country
from dialogue.parsers.dates import age_on, date_of_birth
from dialogue.parsers.emails import email_address
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.names import full_name
from dialogue.parsers.numbers_of_india import indian_mobile, one_time_code, pincode
from dialogue.parsers.sectors import sector
from dialogue.parsers.text import clean, fold, words
from dialogue.parsers.yes_no import yes_or_no

__all__ = [
    "Invalid",
    "Label",
    "age_on",
    "clean",
    "country",
    "date_of_birth",
    "dollars",
    "email_address",
    "fold",
    "full_name",
    "indian_mobile",
    "one_time_code",
    "pick",
    "pincode",
    "rupees",
    "sector",
    "words",
    "yes_or_no",
]
