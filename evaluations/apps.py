from django.apps import AppConfig

from accounts.triggers import Guard, protect

# What the draw itself writes in the row that was committed
DRAWN = ("state", "instance", "instance_sha256", "given", "drawn_at", "drawn_by_id")


class EvaluationsConfig(AppConfig):
    name = "evaluations"

    def ready(self):
        protect(
            self,
            Guard("evaluations_conflictdeclaration"),
            Guard("evaluations_detectedtie"),
            Guard("evaluations_draw", free=DRAWN, never="OLD.state = 'drawn'"),
            Guard("evaluations_review", frozen="OLD.state = 'handed_in'", free=("state",)),
            Guard("evaluations_score", frozen="OLD.is_sealed", free=("is_sealed",)),
            Guard("evaluations_ruling", frozen="OLD.state <> 'drafted'", free=("state",)),
        )
