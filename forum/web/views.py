"""Two answers for those who watch over the servers: plain text, no session, the same for everyone."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """It can serve: the database answers and is migrated. 503 with the reason until then."""
    try:
        applied = MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if not newest_migrations() <= applied:
        return HttpResponse("migrations are not applied\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of every app, as this process's code has them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
