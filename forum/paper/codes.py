"""Short addresses, for paper and for phones: `/m/12/` leads to a method, `/p/12/` to a plan; and their QR codes."""

import io

import segno
from django.conf import settings


def short_address(letter: str, pk: int) -> str:
    """With the site's scheme and name. The feature whose `letter` it is answers there, by its own rules."""
    return f"{settings.SITE_URL}/{letter}/{pk}/"


def without_scheme(address: str) -> str:
    """As one reads and types it."""
    return address.removeprefix("https://").removeprefix("http://")


def code_svg(address: str) -> str:
    """The QR code of an address, black on nothing, with the quiet margin that readers of codes need."""
    out = io.BytesIO()
    segno.make(address, micro=False, error="m").save(out, kind="svg", border=2, xmldecl=False, nl=False, svgclass=None)
    return out.getvalue().decode()
