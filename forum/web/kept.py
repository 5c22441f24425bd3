"""Text that arrived when it could not be taken: kept in the browser's session until its writer can go on.

A composer's form carries three hidden inputs for this: `place` (thread:12), `back` (the page it stands on) and
`writer` (whose text it is), so that a text lost with a session comes back to nobody but its writer.
"""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from forum.web.pace import too_often

SESSION_KEY = "kept_texts"
MOST_TEXTS = 3
MOST_CHARACTERS = 250_000
MOST_OF_A_STRANGER = 100_000  # anybody can fill such rows; a longer text is still shown on the page
MOST_FIELDS = 1000  # a form of many: a hundred parts of a plan, and what stands around them; Django takes no more
MOST_AN_HOUR_FROM_ONE_ADDRESS = 200
SECONDS = 24 * 60 * 60
OF_THE_HOUSE = frozenset({"csrfmiddlewaretoken", "place", "back", "writer", "next_action", "picture_alt", "whole"})


@dataclass(frozen=True)
class Kept:
    place: str
    writer: str
    fields: dict[str, Any]  # text, or a list where one name was sent several times


def is_writing(request: HttpRequest) -> bool:
    """Does this request carry a text somebody wrote in a composer, or a form of many fields (`whole`)?"""
    posted = request.POST
    return request.method == "POST" and bool(posted.get("place")) and bool(posted.get("body") or posted.get("whole"))


def keep(request: HttpRequest, **instead: str) -> bool:
    """Keep the posted text in the session, with the fields in `instead` changed; False when it is too long."""
    fields = _fields(request) | instead
    most = MOST_CHARACTERS if request.user.is_authenticated else MOST_OF_A_STRANGER
    if sum(map(len, _each(fields))) > most or _is_flood(request):
        return False
    place, writer = request.POST.get("place", "")[:60], _writer(request)
    texts = [text for text in _texts(request) if (text["place"], text["writer"]) != (place, writer)]
    texts.append({"place": place, "writer": writer, "fields": fields, "at": int(time.time())})
    request.session[SESSION_KEY] = texts[-MOST_TEXTS:]
    return True


def find(request: HttpRequest, place: str) -> Kept | None:
    """The text the present member lost at this place, if it is kept here."""
    for text in _texts(request):
        if text["place"] == place and text["writer"] == str(request.user.pk):
            return Kept(place, text["writer"], text["fields"])
    return None


def forget(request: HttpRequest, place: str) -> None:
    """The text stands elsewhere now: as a draft, as a post, or nowhere because its writer said so."""
    left = [text for text in _texts(request) if text["place"] != place or text["writer"] != str(request.user.pk)]
    if len(left) != len(_texts(request)):
        request.session[SESSION_KEY] = left


def kept_page(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """A page with the text, what happened (`why`: signed-out, stale, gone) and a way on. Never empty-handed."""
    is_kept = why != "gone" and keep(request)
    again = form_again(request)
    context = {
        "why": why,
        "is_kept": is_kept,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': again['back']})}",
        "may_send": why == "stale" and request.user.is_authenticated,
    }
    return render(request, "composer/kept.html", again | context, status=status)


def form_again(request: HttpRequest) -> dict[str, Any]:
    """What a template needs to print the posted form once more: body, fields (all others; `again` as pairs), action,
    where it stood; `words` is all that was written in a form of many fields."""
    fields = _fields(request)
    posted = request.POST
    return {
        "words": _words(posted),
        "body": fields.pop("body", ""),
        "fields": fields,
        "again": [
            (name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])
        ],
        "whole": posted.get("whole", ""),
        "place": posted.get("place", ""),
        "writer": _writer(request),
        "back": back_address(request),
        "action": _local(posted.get("next_action", "")) or request.get_full_path(),
    }


def back_address(request: HttpRequest) -> str:
    """The page the form stood on, home when the form does not say or says another site."""
    return _local(request.POST.get("back", "")) or "/"


def from_elsewhere(request: HttpRequest) -> bool:
    """Did another site's page send this? Then its text is nobody's here."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin", "")
    return bool(origin) and origin != f"{request.scheme}://{request.get_host()}"


def _is_flood(request: HttpRequest) -> bool:
    """Does one internet address send more texts of people signed out than a whole workshop can lose?"""
    if request.user.is_authenticated:
        return False
    return too_often(f"kept:{request.META['REMOTE_ADDR']}", most=MOST_AN_HOUR_FROM_ONE_ADDRESS, seconds=3600)


def _local(address: str) -> str:
    is_local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_local else ""


def _writer(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else request.POST.get("writer", "")[:20]


def _fields(request: HttpRequest) -> dict[str, Any]:
    posted = request.POST
    names = [name for name in posted if name not in OF_THE_HOUSE and "password" not in name]
    most = MOST_FIELDS if posted.get("whole") else 20
    sent = {name[:40]: posted.getlist(name) for name in names[:most]}
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def _each(fields: dict[str, Any]) -> list[str]:
    return [each for value in fields.values() for each in (value if isinstance(value, list) else [value])]


def _words(posted: Any) -> str:
    """What was written in a form of many fields, to copy: `whole` says how the names of its texts begin."""
    beginnings = tuple(posted.get("whole", "").split()[:100])
    written = (posted[name].strip() for name in posted if beginnings and name.startswith(beginnings))
    return "\n\n".join(words for words in written if words and not words.isdigit())


def _texts(request: HttpRequest) -> list[dict[str, Any]]:
    oldest = time.time() - SECONDS
    return [text for text in request.session.get(SESSION_KEY, []) if text["at"] > oldest]
