"""Data for machines in a page of ours."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString

# A script could end at these, or a browser take them for the end of a line.
_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(data: object, nonce: str) -> SafeString:
    """JSON-LD as a script element. No sign of markup stands in it, whatever somebody wrote into a title."""
    told = SafeString(json.dumps(data, ensure_ascii=False).translate(_SIGNS))  # HTML's own escapes do not hold in there
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, told)
