"""The house's accounts for texts that stood elsewhere first."""

from accounts.actions import open_account
from accounts.models import Member


def importer(address: str, name: str, about: str, credit: str = "") -> Member:
    """Opened when it is first needed; nobody can sign in to it. `credit`, whom to thank, stands in its profile."""
    member = Member.objects.filter(email=address).first()
    if member is None:
        readers = Member.ProfileReaders.ANYONE
        member = open_account(email=address, display_name=name, is_house=True, bio=about, profile_readers=readers)
    if credit and credit not in member.bio:
        member.bio = f"{member.bio}\n\n{credit}"
        member.full_clean(exclude=["password"], validate_constraints=False)
        member.save(update_fields=["bio"])
    return member
