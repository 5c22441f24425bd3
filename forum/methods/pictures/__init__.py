"""Pictures in a card: each under rights of its own, shown with the yes of whoever is on it, gone everywhere at once."""

from django.conf import settings

from forum.methods.card import CardPicture
from forum.methods.vocabularies import PictureRights


def may_be_shown(picture: CardPicture) -> bool:
    return picture.consent or not picture.people


def may_be_reused(picture: CardPicture) -> bool:
    """By others, elsewhere. People said yes to where they are shown, and to no other place."""
    return picture.rights in PictureRights.values and picture.rights != PictureRights.HERE and not picture.people


def address_of(pk: str) -> str:
    return f"{settings.SITE_URL}/pictures/{pk}/"
