"""May this member do that? Each rule answers None for yes, or the reason in words for a no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forum.methods.models import Method
from forum.methods.rules import Reason
from forum.methods.translations.models import Translation
from forum.threads import rules as threads


def may_translate(member: Any, method: Method) -> Reason:
    """Whoever may write in its community may say a method in another language, its author whatever its rights."""
    if not method.may_be_adapted and method.author_id != member.pk:
        return _("Its author gave this method for reading only, so others cannot translate it.")
    return threads.may_start(member, method.community)


def may_remove(member: Any, translation: Translation) -> Reason:
    method = translation.method
    if method.author_id == member.pk or threads.may_moderate(member, method.community):
        return None
    translators = set(translation.states.values_list("translator", flat=True))
    if translators == {member.pk}:
        return None
    return _("Only the method’s author, the moderators and whoever made it alone can take a translation away.")
