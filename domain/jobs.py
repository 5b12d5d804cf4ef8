"""The words of a job search: where, what, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from domain.effects import Effect

MOST_JOBS = 5
"""jobs that are shown of a search"""


@dataclass(frozen=True)
class Country:
    """A country whose jobs can be searched: its name, and the locale under which CareerJet has them."""

    code: str
    """ISO 3166-1 alpha-2"""
    name: str
    locale: str
    also: tuple[str, ...] = ()
    """what else people call it"""
    cities: tuple[str, ...] = ()
    """places in it that people name instead"""


# The locales are CareerJet's own list (careerjet-api-client-python, constants), one for each country.
COUNTRIES: tuple[Country, ...] = (
    Country("AE", "United Arab Emirates", "en_AE", ("uae", "emirates"), ("dubai", "abu dhabi", "sharjah")),
    Country("AR", "Argentina", "es_AR"),
    Country("AT", "Austria", "de_AT", cities=("vienna",)),
    Country("AU", "Australia", "en_AU", ("aus",), ("sydney", "melbourne")),
    Country("BD", "Bangladesh", "en_BD", cities=("dhaka",)),
    Country("BE", "Belgium", "nl_BE", cities=("brussels",)),
    Country("BO", "Bolivia", "es_BO"),
    Country("BR", "Brazil", "pt_BR", ("brasil",)),
    Country("CA", "Canada", "en_CA", cities=("toronto", "vancouver", "montreal")),
    Country("CH", "Switzerland", "de_CH", ("swiss",), ("zurich", "geneva")),
    Country("CL", "Chile", "es_CL"),
    Country("CN", "China", "en_CN", cities=("beijing", "shanghai")),
    Country("CO", "Colombia", "es_CO"),
    Country("CR", "Costa Rica", "es_CR"),
    Country("CZ", "Czech Republic", "cs_CZ", ("czechia",), ("prague",)),
    Country("DE", "Germany", "de_DE", ("deutschland",), ("berlin", "munich", "frankfurt")),
    Country("DK", "Denmark", "da_DK", cities=("copenhagen",)),
    Country("DO", "Dominican Republic", "es_DO"),
    Country("EC", "Ecuador", "es_EC"),
    Country("ES", "Spain", "es_ES", ("espana",), ("madrid", "barcelona")),
    Country("FI", "Finland", "fi_FI", cities=("helsinki",)),
    Country("FR", "France", "fr_FR", cities=("paris",)),
    Country(
        "GB", "United Kingdom", "en_GB", ("uk", "u k", "britain", "great britain", "england", "scotland"), ("london",)
    ),
    Country("GT", "Guatemala", "es_GT"),
    Country("HK", "Hong Kong", "en_HK", ("hongkong",)),
    Country("HU", "Hungary", "hu_HU", cities=("budapest",)),
    Country("IE", "Ireland", "en_IE", cities=("dublin",)),
    Country("IN", "India", "en_IN", ("bharat",), ("mumbai", "delhi", "new delhi", "bengaluru", "bangalore", "pune")),
    Country("IT", "Italy", "it_IT", ("italia",), ("rome", "milan")),
    Country("JP", "Japan", "ja_JP", cities=("tokyo",)),
    Country("KR", "South Korea", "ko_KR", ("korea",), ("seoul",)),
    Country("KW", "Kuwait", "en_KW"),
    Country("LU", "Luxembourg", "fr_LU"),
    Country("MA", "Morocco", "fr_MA"),
    Country("MX", "Mexico", "es_MX"),
    Country("MY", "Malaysia", "en_MY", cities=("kuala lumpur",)),
    Country("NL", "Netherlands", "nl_NL", ("holland", "the netherlands"), ("amsterdam",)),
    Country("NO", "Norway", "no_NO", cities=("oslo",)),
    Country("NZ", "New Zealand", "en_NZ", ("nz",), ("auckland",)),
    Country("OM", "Oman", "en_OM", cities=("muscat",)),
    Country("PA", "Panama", "es_PA"),
    Country("PE", "Peru", "es_PE"),
    Country("PH", "Philippines", "en_PH", ("the philippines",), ("manila",)),
    Country("PK", "Pakistan", "en_PK", cities=("karachi", "lahore")),
    Country("PL", "Poland", "pl_PL", cities=("warsaw",)),
    Country("PR", "Puerto Rico", "es_PR"),
    Country("PT", "Portugal", "pt_PT", cities=("lisbon", "porto")),
    Country("PY", "Paraguay", "es_PY"),
    Country("QA", "Qatar", "en_QA", cities=("doha",)),
    Country("RU", "Russia", "ru_RU", cities=("moscow",)),
    Country("SA", "Saudi Arabia", "en_SA", ("ksa", "saudi"), ("riyadh", "jeddah")),
    Country("SE", "Sweden", "sv_SE", cities=("stockholm",)),
    Country("SG", "Singapore", "en_SG"),
    Country("SK", "Slovakia", "sk_SK", cities=("bratislava",)),
    Country("TR", "Turkey", "tr_TR", ("turkiye",), ("istanbul",)),
    Country("TW", "Taiwan", "en_TW", cities=("taipei",)),
    Country("UA", "Ukraine", "uk_UA", cities=("kyiv", "kiev")),
    Country("US", "United States", "en_US", ("usa", "us", "u s", "america", "united states of america", "the us")),
    Country("UY", "Uruguay", "es_UY"),
    Country("VE", "Venezuela", "es_VE"),
    Country("VN", "Vietnam", "en_VN", ("viet nam",), ("hanoi",)),
    Country("ZA", "South Africa", "en_ZA", cities=("johannesburg", "cape town")),
)
BY_CODE = {country.code: country for country in COUNTRIES}


@dataclass(frozen=True)
class Where:
    """Where somebody wants to work: a country by its code, and perhaps a place in it."""

    country: str
    place: str = ""


@dataclass(frozen=True)
class JobsWanted:
    """A search: where, and words of the work; no words mean any work."""

    where: Where
    keywords: str = ""


@dataclass(frozen=True)
class Job:
    """A job that is open. Company and place are empty where it does not say."""

    title: str
    company: str
    place: str
    link: str


@dataclass(frozen=True)
class Jobs:
    """The first jobs found, and how many there are in all. `open` is False where no job search is set up."""

    total: int = 0
    jobs: tuple[Job, ...] = ()
    open: bool = True


SEARCH_JOBS = Effect("search_jobs", JobsWanted, Jobs)
"""Ask CareerJet for jobs. The country is noted for a later lead."""
