"""What is done later for calls and applications."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from calls.actions import applications, calls, question_notices, subscriptions, vault
from calls.actions import news as actions_of_news
from calls.models import Application, Interest, News
from jobs import schedule


@schedule.every(minutes=1, label=_("Close the calls whose time is over"))
@shared_task(name="calls.seal_what_is_over")
def seal_what_is_over():
    """Close the reception of every call whose time is over. What is sealed stays sealed."""
    calls.seal_what_is_over()


@schedule.daily(8, 0, label=_("Tell organizations which of their documents end"))
@shared_task(name="calls.remind_of_documents")
def remind_of_documents():
    """Tell each organization, at 60, 30 and 7 days, which documents of its vault end. Never twice."""
    vault.remind()


@shared_task(name="calls.acknowledge", ignore_result=True, acks_late=True)
def acknowledge(*, application):
    """The receipt in PDF and the notices of an application just received. Done twice, it is done once."""
    with_names = Application.objects.select_related("call", "organization__body", "submitted_by")
    applications.acknowledge(with_names.get(public_id=application))


@shared_task(name="calls.tell_subscribers", ignore_result=True, acks_late=True)
def tell_subscribers(*, news):
    """Send news of a call to those who asked for it. Run again, it goes on with those not told yet."""
    with_call = News.objects.select_related("call__publication__edition__program__agency__body")
    actions_of_news.tell_subscribers(with_call.defer("call__publication__snapshot").get(pk=news))


@shared_task(name="calls.mail_confirmation", ignore_result=True, acks_late=True)
def mail_confirmation(*, interest):
    """Ask an address whether it wants to be told; nothing when that was withdrawn meanwhile."""
    found = Interest.objects.select_related("subscription", "agency").filter(public_id=interest).first()
    if found:
        subscriptions.send_confirmation(found)


@schedule.daily(9, label=_("Tell subscribers of the calls that close within a week"))
@shared_task(name="calls.announce_the_last_week", ignore_result=True)
def announce_the_last_week():
    """Once for each close of each call."""
    actions_of_news.announce_the_last_week()


@schedule.every(minutes=15, label=_("Send or drop what an electoral period withheld"))
@shared_task(name="calls.settle_what_was_withheld", ignore_result=True)
def settle_what_was_withheld():
    """Each piece of news once: sent when it still matters, dropped when it does not."""
    actions_of_news.settle_what_was_withheld()


@schedule.daily(4, 20, label=_("Forget the subscriptions that nobody confirmed"))
@shared_task(name="calls.forget_unconfirmed", ignore_result=True)
def forget_unconfirmed():
    """Addresses that did not confirm in the days they had."""
    subscriptions.forget_unconfirmed()


@schedule.daily(8, label=_("Tell those who are applying what was answered"))
@shared_task(name="calls.tell_of_new_answers", ignore_result=True, acks_late=True)
def tell_of_new_answers():
    """The digest of new public answers. Done twice, it is sent once."""
    question_notices.tell_of_new_answers()


@schedule.daily(9, label=_("Remind the desks of the questions that are late"))
@shared_task(name="calls.remind_of_late_answers", ignore_result=True, acks_late=True)
def remind_of_late_answers():
    """Each late question is reminded of once."""
    question_notices.remind_of_late_answers()
