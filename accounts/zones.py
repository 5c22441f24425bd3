"""Time zones as people look for them: by part of the world, by the city's name in the reader's language."""

import zoneinfo
from functools import lru_cache

from babel import Locale
from babel.dates import get_timezone_location

from accounts.names import to_ascii

#: The first word of a zone's name, and the code its part of the world has in Unicode's tables of territories.
_REGIONS = {"Europe": "150", "Africa": "002", "America": "019", "Asia": "142", "Australia": "009", "Pacific": "009"} | {
    "Atlantic": "150",
    "Indian": "142",
    "Antarctica": "AQ",
}
# Code points put Є, І, Ї and Ґ at the end of the Ukrainian alphabet.
_UKRAINIAN = {ord(letter): place for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", start=1072)}

Choices = list[tuple[str, list[tuple[str, str]]]]


def zones_by_region(language: str, current: str) -> Choices:
    """[("Europe", [("Europe/Warsaw", "Warsaw"), …]), …]; the current zone is in, whatever it is."""
    regions = _regions(language)
    if any(current == zone for _region, zones in regions for zone, _city in zones):
        return regions
    return [("", [(current, current)]), *regions]


@lru_cache(maxsize=8)
def _regions(language: str) -> Choices:
    locale = Locale.parse(language)
    regions: dict[str, dict[str, str]] = {code: {} for code in _REGIONS.values()}
    for zone in zoneinfo.available_timezones():
        area, _slash, place = zone.partition("/")
        if place and area in _REGIONS:
            regions[_REGIONS[area]][zone] = get_timezone_location(zone, locale=locale, return_city=True)
    return [
        (locale.territories[code], sorted(zones.items(), key=lambda item: _order(item[1], language)))
        for code, zones in regions.items()
    ]


def _order(city: str, language: str) -> str:
    if language == "uk":
        return city.lower().translate(_UKRAINIAN)
    return to_ascii(city)
