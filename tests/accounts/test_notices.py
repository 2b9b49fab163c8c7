"""What the portal tells people: once, in their language, even when the mail server stumbles."""

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import emails, notices
from accounts.models import Letter, Notice
from jobs import runner
from jobs.models import Job, JobState
from tests.factories.accounts import LetterFactory, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db


def tell(user, **what):
    return notices.notify(
        user, **{"kind": "test", "subject": "Asunto", "body": "Cuerpo", "link": "/avisos/"} | what
    )


def test_a_notice_is_kept_and_mailed_with_its_link(settings):
    ana = UserFactory()

    notice = tell(ana)
    runner.drain()

    notice.refresh_from_db()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ana.email], "Asunto")
    assert f"{settings.SITE_URL}/avisos/" in letter.body
    assert notice.mailed_at is not None


def test_delivering_twice_sends_one():
    notice = tell(UserFactory())

    assert notices.deliver(notice) is True
    assert notices.deliver(Notice.objects.get(pk=notice.pk)) is False
    assert len(mail.outbox) == 1


def test_a_mail_server_that_stumbles_is_tried_again_and_the_notice_goes_out_once(monkeypatch):
    notice, real = tell(UserFactory()), emails.send
    calls = []

    def stumbling(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionRefusedError(111, "Connection refused")
        real(*args, **kwargs)

    monkeypatch.setattr(emails, "send", stumbling)
    runner.drain()
    notice.refresh_from_db()
    assert (notice.mailed_at, len(mail.outbox)) == (None, 0)
    Job.objects.update(run_after="2020-01-01T00:00Z")
    runner.drain()

    notice.refresh_from_db()
    assert notice.mailed_at is not None
    assert len(mail.outbox) == 1
    assert Job.objects.get().state == JobState.DONE


def test_the_person_told_hears_it_in_their_own_language():
    with translation.override("es-mx"):
        told = tell(UserFactory(language="en"), subject=_("Waiting"), body=lambda: str(_("Done")))
        other = tell(UserFactory(), subject=_("Waiting"))

    assert (told.subject, told.body) == ("Waiting", "Done")
    assert other.subject == "En espera"


def test_the_message_keeps_its_identifier_and_one_line_of_subject():
    notice = tell(UserFactory(), subject="Uno\nBcc: otra@demo.example")
    runner.drain()

    (letter,) = mail.outbox
    assert letter.subject == "Uno Bcc: otra@demo.example"
    assert letter.extra_headers["Message-ID"] == f"<{notice.public_id}@127.0.0.1>"


def test_a_closed_account_is_not_written_to():
    tell(UserFactory(is_active=False))
    runner.drain()

    assert mail.outbox == []


def test_in_the_mailbox_each_letter_is_kept_once(settings):
    settings.EMAIL_BACKEND = "accounts.mailbox.MailboxBackend"
    notice = tell(UserFactory(email="ana@demo.example"))

    runner.drain()
    notices.deliver(Notice.objects.get(pk=notice.pk))

    assert Letter.objects.get().to == "ana@demo.example"


# --- screens ----------------------------------------------------------------------------------------


def test_i_see_my_notices_and_nobody_elses(client):
    ana, luis = UserFactory(), UserFactory()
    mine, other = NoticeFactory(to=ana, subject="El mío"), NoticeFactory(to=luis, subject="El ajeno")
    client.force_login(ana)

    page = client.get("/avisos/")

    assert "El mío" in page.text
    assert "El ajeno" not in page.text
    assert client.get(f"/avisos/{mine.public_id}/").status_code == 200
    assert client.get(f"/avisos/{other.public_id}/").status_code == 404
    assert client.post(f"/avisos/{other.public_id}/leido/").status_code == 404


def test_reading_marks_nothing_until_the_button_is_pressed(client):
    notice = NoticeFactory(link="/mi/perfil/")
    client.force_login(notice.to)

    client.get(f"/avisos/{notice.public_id}/")
    notice.refresh_from_db()
    assert notice.read_at is None

    answer = client.post(f"/avisos/{notice.public_id}/leido/")
    notice.refresh_from_db()
    assert answer.url == "/mi/perfil/"
    assert notice.read_at is not None


def test_a_notice_never_leads_out_of_the_portal(client):
    notice = NoticeFactory(link="https://elsewhere.example/")
    client.force_login(notice.to)

    assert client.post(f"/avisos/{notice.public_id}/leido/").url == "/avisos/"


def test_all_are_marked_at_once(client):
    ana = UserFactory()
    NoticeFactory.create_batch(3, to=ana)
    NoticeFactory()
    client.force_login(ana)

    client.post("/avisos/leidos/")

    assert ana.notices.unread().count() == 0
    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    ana = UserFactory()
    NoticeFactory.create_batch(count, to=ana)
    client.force_login(ana)

    with django_assert_num_queries(7):
        page = client.get("/avisos/")

    assert page.text.count('href="/avisos/') >= count


def test_the_mailbox_shows_letters_with_their_links_and_nothing_that_runs(client):
    letter = LetterFactory(text="Abra http://127.0.0.1:8000/x/ <script>alert(1)</script>")

    page = client.get(f"/correo/{letter.public_id}/")

    assert 'href="http://127.0.0.1:8000/x/"' in page.text
    assert "<script>alert" not in page.text
    assert letter.subject in client.get("/correo/").text


def test_where_letters_go_out_there_is_no_mailbox(client, settings):
    letter = LetterFactory()
    settings.MAILBOX_ON_SCREEN = False

    assert client.get("/correo/").status_code == 404
    assert client.get(f"/correo/{letter.public_id}/").status_code == 404
