"""Does a text hold these words, or link to this site? Pure, so that a list can be tested before it is used."""

import re
import unicodedata
from html import unescape
from urllib.parse import urlsplit

from forum.search.analysis import folded, words_in

_HREF = re.compile(r'<a [^>]*?href="([^"]*)"')


def has_words(text: str, pattern: str) -> bool:
    """Whole words in this order, whatever their case and signs: "tani kredyt" meets "Tani KREDYT!", "kred" does not."""
    wanted, said = _forms(pattern), _forms(text)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(said)} "


def links_to(html: str, pattern: str) -> bool:
    """On the boundary of a label: "example.org" is example.org and shop.example.org, never badexample.org. What follows
    a slash in the pattern is the beginning of the path."""
    host, _, path = site_of(pattern).partition("/")
    return bool(host) and any(_is_at(address, host, path) for address in hosts_in(html))


def hosts_in(html: str) -> list[str]:
    """Each link of a cleaned text, as "host/path"."""
    return [site_of(unescape(href)) for href in _HREF.findall(html) if href.startswith(("http://", "https://"))]


def site_of(address: str) -> str:
    """ "https://www.Example.org:443/Shop?x" -> "example.org/Shop"; "" for what is no site."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.").strip(".").encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    return f"{host.lower()}{parts.path.rstrip('/')}" if "." in host else ""


def _is_at(address: str, host: str, path: str) -> bool:
    there, _, where = address.partition("/")
    return (there == host or there.endswith(f".{host}")) and (not path or f"{where}/".startswith(f"{path}/"))


def _forms(text: str) -> list[str]:
    return [folded(word.group().casefold()) for word in words_in(unicodedata.normalize("NFC", text))]
