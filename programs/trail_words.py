"""The acts on Rules of Operation, as people say them."""

from django.utils.translation import gettext_lazy as _

from accounts.words import say

say(
    {
        "edition.start": _("Began a draft of Rules of Operation"),
        "edition.record": _("Recorded an edition from the report"),
        "edition.write": _("Wrote a component"),
        "edition.restore_text": _("Restored an earlier version of a component"),
        "edition.name_version": _("Named a version of a component"),
        "edition.comment": _("Commented a component"),
        "edition.answer_comment": _("Answered a comment"),
        "edition.resolve_comment": _("Resolved a comment"),
        "edition.reopen_comment": _("Opened a comment again"),
        "edition.assign_comment": _("Made a comment a task"),
        "edition.add_row": _("Added a row of data"),
        "edition.change_row": _("Changed a row of data"),
        "edition.remove_row": _("Removed a row of data"),
        "edition.restore_row": _("Put back a row of data"),
        "edition.move_row": _("Moved a row of data"),
        "edition.start_import": _("Handed in a Word document for a draft"),
        "edition.accept_import": _("Brought a Word document into a draft"),
        "edition.explain": _("Explained the changes of a draft"),
        "edition.send": _("Sent a draft to signature"),
        "edition.sign": _("Signed a draft"),
        "edition.return": _("Returned a draft"),
        "edition.approve": _("Approved a draft"),
        "edition.reopen": _("Reopened a draft"),
        "edition.publish": _("Published Rules of Operation"),
        "edition.freeze": _("Froze what was published"),
        "edition.read": _("Read a draft"),
        "amendment.start": _("Began an amendment"),
        "amendment.explain": _("Wrote the reason of an amendment"),
        "amendment.send": _("Sent an amendment to signature"),
        "amendment.return": _("Returned an amendment"),
        "amendment.approve": _("Approved an amendment"),
        "amendment.reopen": _("Reopened an amendment"),
        "amendment.publish": _("Published an amendment"),
        "amendment.withdraw": _("Withdrew an amendment"),
        "guide.describe": _("Wrote the help of a component of the Guide"),
        "guide.confirm": _("Confirmed a component of the Guide"),
        "guide.take_back": _("Took back the confirmation of a component of the Guide"),
        "guide.set_check": _("Set a check of the Guide"),
        "clause.adopt": _("Adopted a clause of other Rules"),
        "clause.keep_ours": _("Kept a clause though its source changed"),
        "assessment.assess": _("Assessed a practice"),
        "assessment.record": _("Recorded a mark of the report"),
    }
)
