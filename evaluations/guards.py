"""What the database itself refuses of what organizations ask after the ruling, and of what is answered."""

from accounts.triggers import Guard

FEEDBACK = "evaluations_feedbackrequest"
AFTER_THE_RULING = (
    Guard(
        FEEDBACK,
        free=("state", "answer", "main_reason", "version", "saved_at", "answered_at", "answered_by_id"),
        never="OLD.state = 'answered'",
    ),
    Guard(
        "evaluations_feedbackpoint",
        free=("answer",),
        never=f"(SELECT state FROM {FEEDBACK} WHERE id = NEW.request_id) = 'answered'",  # noqa: S608 -- ours
    ),
)
REMEDY = "evaluations_remedyrequest"
SETTLED = ("dismissal", "outcome", "new_outcome", "effect", "reasons", "legal_basis")
# A reconsideration is studied and settled by somebody who neither scored the file nor voted nor signed
DECIDED_BEFORE = " OR ".join(
    f"(NEW.{column} IS NOT NULL AND ("  # noqa: S608 -- names of our own tables
    "EXISTS (SELECT 1 FROM evaluations_assignment a"
    f" WHERE a.application_id = NEW.application_id AND a.evaluator_id = NEW.{column})"
    " OR EXISTS (SELECT 1 FROM evaluations_ruling r"
    f" WHERE r.application_id = NEW.application_id AND r.decided_by_id = NEW.{column})"
    " OR EXISTS (SELECT 1 FROM evaluations_vote v"
    " JOIN evaluations_agendaitem i ON i.id = v.item_id"
    " JOIN evaluations_committeemember m ON m.id = v.member_id"
    f" WHERE i.application_id = NEW.application_id AND m.user_id = NEW.{column})))"
    for column in ("studied_by_id", "settled_by_id")
)
AFTER_THE_RULING = (
    *AFTER_THE_RULING,
    Guard(
        REMEDY,
        free=("state", "studied_by_id", "studied_as", *SETTLED, "settled_at", "settled_by_id"),
        closed=f"NEW.kind = 'reconsideration' AND ({DECIDED_BEFORE})",
        never="OLD.state IN ('dismissed', 'resolved')",
    ),
    Guard("evaluations_remedyfile"),
    Guard(
        "evaluations_controlreport",
        free=("state", "conclusion", "concluded_at", "concluded_by_id"),
        never="OLD.state = 'concluded'",
    ),
    Guard("evaluations_reportfile"),
)
