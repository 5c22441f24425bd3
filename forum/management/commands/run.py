"""`make run`, after the environment stands: prepares what is missing, then serves, all in one process."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prepares the database, the static files and the demo where they are missing, then serves the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *, port: int, host: str, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        collect_static()
        if settings.DEMO:
            call_command("seed_demo")
        self.stdout.write(self.style.SUCCESS(f"{settings.SITE_NAME} is at {settings.SITE_URL}/"))
        if settings.EMAIL_URL.startswith("filemail:"):
            self.stdout.write(f"Mail is kept in {settings.VAR_DIR / 'mail'}, nothing is sent.")
        self.stdout.flush()
        call_command("serve", host=host, port=port)


def collect_static() -> None:
    """Collects when something is newer than the last time: hashing everything takes seconds."""
    stamp = Path(settings.STATIC_ROOT) / "staticfiles.json"
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    folders += [Path(config.path) / "static" for config in apps.get_app_configs()]
    times = [path.stat().st_mtime for folder in folders if folder.is_dir() for path in [folder, *folder.rglob("*")]]
    if stamp.exists() and max(times) <= stamp.stat().st_mtime:
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
