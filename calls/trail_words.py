"""The acts on calls and applications, as people say them."""

from django.utils.translation import gettext_lazy as _

from accounts.words import say, say_codes
from calls.models import RequirementCheck
from programs.models import MilestoneCode, Requirement

say(
    {
        "organization.register": _("Registered an organization"),
        "organization.register_for": _("Registered an organization without people yet"),
        "organization.update": _("Changed the data of an organization"),
        "organization.reveal_account": _("Read a bank account"),
        "vault.keep": _("Kept a document of the organization"),
        "vault.set_days": _("Corrected the days of a document of the organization"),
        "vault.take_out": _("Took out a document of the organization"),
        "application.start": _("Began an application"),
        "application.assist": _("Entered an application because its organization asked for help"),
        "application.sign_for": _("Attached the declaration signed on paper"),
        "application.end_assistance": _("Ended the help with an application"),
        "application.submit": _("Handed in an application"),
        "application.check": _("Checked a document"),
        "application.prevent": _("Asked for corrections"),
        "application.download": _("Downloaded the file of an application"),
        "application.withdraw": _("Withdrew an application"),
        "application.copy": _("Began with what an earlier application said"),
        "application.correct": _("Handed in corrections"),
        "application.admit": _("Admitted an application"),
        "application.discard": _("Discarded an application"),
        "application.award": _("Awarded support"),
        "application.reserve": _("Put on the reserve list"),
        "application.decline": _("Did not award support"),
        "application.renounce": _("Renounced the award"),
        "application.promote": _("Awarded from the reserve list"),
        "call.open": _("Opened a call"),
        "call.describe": _("Described a call"),
        "call.set_window": _("Set when a call receives applications"),
        "call.set_dates": _("Set the dates of a call"),
        "call.change_date": _("Changed a date of a call"),
        "call.record_actual": _("Recorded when something happened"),
        "call.publish": _("Published a call"),
        "call.extend": _("Extended the reception of a call"),
        "call.reach": _("An amendment reached a call"),
        "call.cancel": _("Cancelled a call"),
        "call.void": _("Declared a call void"),
        "call.seal": _("Closed the reception of a call"),
        "call.distribute": _("Shared out the applications"),
        "call.release": _("Released the results"),
        "subscription.confirm": _("Subscribed to calls"),
        "subscription.add": _("Asked to be told of more calls"),
        "subscription.drop": _("Asked to be told of fewer calls"),
        "subscription.end": _("Unsubscribed from calls"),
        "question.ask": _("Asked about a call"),
        "question.answer": _("Answered a public question"),
        "question.correct": _("Corrected a public answer"),
        "question.decline": _("Did not answer a public question, with the reason"),
        "question.merge": _("Joined a public question to another"),
        "evidence.record": _("Recorded evidence of dissemination"),
        "evidence.withdraw": _("Withdrew evidence of dissemination"),
    }
)

say_codes(MilestoneCode, "call.change_date", "call.record_actual")
say_codes(Requirement.DocumentKind, "vault.keep", "vault.set_days", "vault.take_out")
say_codes(RequirementCheck.Outcome, "application.check")
