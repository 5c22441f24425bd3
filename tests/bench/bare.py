"""The measure: a thread and its 20 posts in two queries and one template loop, Django's five usual middlewares,
the same server and pool. Settings, addresses and the view of that site in one file.

DJANGO_SETTINGS_MODULE=tests.bench.bare python manage.py serve
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from forum.config.settings import *  # noqa: F403  the same database, static files and pool
from forum.config.settings import INSTALLED_APPS as APPS
from forum.config.settings import TEMPLATES as OURS

# allauth insists on its own middleware, and the admin on message storage.
INSTALLED_APPS = [app for app in APPS if not app.startswith(("allauth", "django.contrib.admin"))]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{**OURS[0], "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}]
ROOT_URLCONF = __name__

PAGE = """<!doctype html><html lang="en"><head><title>{{ thread.title }}</title></head><body><h1>{{ thread.title }}</h1>
{% for post in posts %}<article id="post-{{ post.pk }}"><h2>{{ post.number }} {{ post.author.display_name }}</h2>
<p>{{ post.role_line }} {{ post.published_at }}</p><div class="body">{{ post.html|safe }}</div></article>{% endfor %}
</body></html>"""
_compiled: list = []


def thread_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    from forum.models import Thread

    if not _compiled:
        _compiled.append(engines["django"].from_string(PAGE))
    thread = Thread.objects.get(pk=pk)
    posts = thread.posts.select_related("author").order_by("number")[:20]
    return HttpResponse(_compiled[0].render({"thread": thread, "posts": posts}, request))


urlpatterns = [path("threads/<int:pk>/<str:slug>/", thread_page)]
