"""Secrets that must come back as they were: locked with keys made of SECRET_KEY, so that a copy of the database alone
opens nothing. A key that was replaced goes on opening while it stands in SECRET_KEY_FALLBACKS."""

import base64
import logging
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
PURPOSE = b"courtyard: second factors"  # other uses of SECRET_KEY make other keys


class LostSecret(ValidationError):
    """No key opens it any more. On a form it is a sentence, in a template it is nothing."""

    silent_variable_failure = True


def lock(secret: str) -> str:
    """Different each time, even for the same secret."""
    return _keys().encrypt(secret.encode()).decode()


def unlock(locked: str) -> str:
    """Raises LostSecret."""
    try:
        return _keys().decrypt(locked.encode()).decode()
    except InvalidToken:
        logger.error("A second factor cannot be read: was SECRET_KEY changed without SECRET_KEY_FALLBACKS?")
        raise LostSecret(_("We cannot check this code at the moment. Please ask an administrator.")) from None


def lock_anew(locked: str) -> str:
    """The same secret under the present key. Raises LostSecret."""
    return lock(unlock(locked))


def _keys() -> MultiFernet:
    """Locks with the first, opens with any."""
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=8)
def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
