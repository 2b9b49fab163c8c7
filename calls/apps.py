from django.apps import AppConfig

from accounts.triggers import Guard, protect
from calls import boards

# A question stays as it was asked and, once settled, as it was settled; it joins one that is answered. Only
# an answered question has answers, and each stays as it was given.
QUESTIONS = (
    Guard(
        "calls_publicquestion",
        free=("state", "settled_at", "settled_by_id", "reason", "merged_into_id", "reminded_at"),
        closed=(
            "NEW.state = 'merged' AND NOT EXISTS (SELECT 1 FROM calls_publicquestion q WHERE "
            "q.id = NEW.merged_into_id AND q.state = 'answered' AND q.call_id = NEW.call_id)"
        ),
        never=(
            "OLD.state <> 'open' AND (NEW.state <> OLD.state OR NEW.settled_at <> OLD.settled_at "
            "OR NEW.reason <> OLD.reason OR NEW.merged_into_id <> OLD.merged_into_id)"
        ),
    ),
    Guard(
        "calls_publicanswer",
        free=("digested_at",),
        closed=(
            "NOT EXISTS (SELECT 1 FROM calls_publicquestion q WHERE "
            "q.id = NEW.question_id AND q.state = 'answered')"
        ),
    ),
)

# Evidence of dissemination stays as it was recorded and, once withdrawn, as it was withdrawn; an address is
# one of the web.
EVIDENCE = Guard(
    "calls_evidence",
    free=("state", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
    closed="NEW.url <> '' AND NEW.url NOT LIKE 'http://%' AND NEW.url NOT LIKE 'https://%'",
    never="OLD.state <> 'recorded'",
)


class CallsConfig(AppConfig):
    name = "calls"

    def ready(self):
        from calls import guards  # noqa: PLC0415 -- the acts need the models

        protect(
            self,
            Guard("calls_planneddate", frozen="OLD.is_promise"),
            Guard("calls_actualdate"),
            Guard("calls_extension"),
            Guard("calls_submission"),
            Guard("calls_renunciation"),
            *QUESTIONS,
            EVIDENCE,
            guards.of_applications(),
        )
        boards.autodiscover()
