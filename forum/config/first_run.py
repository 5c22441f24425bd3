"""Before the first `make run`: the settings file of a site for trying things out. Needs no Django.

python -m forum.config.first_run                 writes $COURTYARD_VAR/settings.env unless it stands
python -m forum.config.first_run --print-secret  prints a new SECRET_KEY
"""

import os
import secrets
import sys
from pathlib import Path

SETTINGS = """\
# Written by `make run`, for trying Courtyard out. Every manage.py command reads it; the environment wins.
# The README's table names every setting. A site for real wants DEMO and EMAIL_URL changed, and SITE_URL set.
SECRET_KEY={secret}
DEMO=1
REQUIRE_SECOND_FACTOR=0
EMAIL_URL=filemail://
"""


def new_secret() -> str:
    return secrets.token_urlsafe(48)


def write_settings(folder: Path) -> bool:
    """Writes settings.env, readable by its owner only. False when one stands already."""
    path = folder / "settings.env"
    if path.exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"settings.env.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(SETTINGS.format(secret=new_secret()))
    draft.rename(path)  # whole or not at all
    return True


if __name__ == "__main__":
    if "--print-secret" in sys.argv:
        sys.stdout.write(new_secret() + "\n")
    else:
        write_settings(Path(os.environ.get("COURTYARD_VAR") or Path(__file__).resolve().parents[2] / "var"))
