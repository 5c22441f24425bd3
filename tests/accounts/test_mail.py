"""Mail: kept as files, in the language of whose address it is, with addresses of this site."""

import logging
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.adapter import Adapter
from accounts.models import Member
from tests.accounts.helpers import SIGN_UP, last_code

pytestmark = pytest.mark.django_db


def test_mail_kept_as_files_is_readable_and_announced(
    someone: Client, settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "accounts.mail.AnnouncingFileBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    with caplog.at_level(logging.INFO, logger="accounts.mail"):
        someone.post("/accounts/signup/", {**SIGN_UP, "display_name": "Zażółć Gęś"})
        mail.send_mail("A\u00a0line", "Zażółć gęślą jaźń", None, ["../../etc/passwd@x.example"])
    first, second = sorted((tmp_path / "mail").iterdir())
    text = first.read_text(encoding="utf-8")
    assert "To: jan@lodz.example\n" in text
    assert "Subject: Your code for Courtyard\n" in text
    assert "Zażółć gęślą jaźń" in second.read_text(encoding="utf-8")
    assert "/" not in second.name
    line = caplog.messages[0]
    assert "jan@lodz.example" in line
    assert str(first) in line
    code = next(part.strip() for part in text.splitlines() if part.startswith("    "))
    assert code not in "".join(caplog.messages)


def test_mail_names_this_site_and_no_other_host(anna: Member, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Client().post("/accounts/signup/", {**SIGN_UP, "email": anna.email}, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body
    assert f"{settings.SITE_URL}/accounts/password/reset/" in mail.outbox[0].body


def test_a_stranger_does_not_choose_the_language_of_my_mail(anna: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(interface_language="de")
    seen = []
    render = Adapter.render_mail

    def watched(self, *args, **kwargs):
        seen.append(translation.get_language())
        return render(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Adapter, "render_mail", watched)
        Client(headers={"accept-language": "uk"}).post("/accounts/signup/", {**SIGN_UP, "email": anna.email})
    assert seen == ["de"]


@pytest.mark.parametrize("language", ["pl", "en", "de", "uk"])
def test_every_mail_has_one_line_of_subject_and_no_markup(anna: Member, language: str) -> None:
    Member.objects.filter(pk=anna.pk).update(interface_language=language, display_name="Anna & Co")
    person = Client()
    person.post("/accounts/login/code/", {"email": anna.email})
    person.post("/accounts/login/code/confirm/", {"code": last_code()})
    person.post("/accounts/signup/", {**SIGN_UP, "email": anna.email})
    Client().post("/accounts/password/reset/", {"email": anna.email})
    Client().post("/accounts/login/code/", {"email": "nobody@x.example"})
    for message in mail.outbox:
        assert "\n" not in message.subject
        assert "&amp;" not in message.body
        assert "{" not in message.body
        assert message.alternatives == []
