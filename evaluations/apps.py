from django.apps import AppConfig

from accounts.triggers import Guard, protect
from evaluations.guards import AFTER_THE_RULING


class EvaluationsConfig(AppConfig):
    name = "evaluations"

    def ready(self):
        protect(
            self,
            Guard("evaluations_conflictdeclaration"),
            Guard("evaluations_review", frozen="OLD.state = 'handed_in'", free=("state",)),
            Guard("evaluations_score", frozen="OLD.is_sealed", free=("is_sealed",)),
            Guard("evaluations_ruling", frozen="OLD.state <> 'drafted'", free=("state",)),
            *AFTER_THE_RULING,
        )
