"""Where a person may be sent after a deed: only to pages of this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_our_address(request: HttpRequest, url: str) -> bool:
    """A path of this site, or this site's own full address (and no step down from https)."""
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())


def next_address(request: HttpRequest, otherwise: str = "/") -> str:
    """The `next` the form or the address asks for, if it is ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted and is_our_address(request, wanted) else otherwise
