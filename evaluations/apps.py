from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from accounts.triggers import Guard, protect
from evaluations.guards import AFTER_THE_RULING

# What the draw itself writes in the row that was committed
DRAWN = ("state", "instance", "instance_sha256", "given", "drawn_at", "drawn_by_id")
SAMPLE_WAS_SCORED = "EXISTS (SELECT 1 FROM evaluations_samplereview r WHERE r.calibration_id = OLD.id)"

SCORING_BEGAN = (
    "EXISTS (SELECT 1 FROM evaluations_review r JOIN evaluations_assignment a ON a.id = r.assignment_id "
    "JOIN calls_application p ON p.id = a.application_id "
    "WHERE p.call_id = {row}.call_id AND r.saved_at IS NOT NULL)"
)

IS_RULED = (
    "EXISTS (SELECT 1 FROM evaluations_agendaitem i JOIN evaluations_ruling r ON r.session_id = i.session_id "
    "AND r.application_id = i.application_id WHERE i.id = OLD.item_id AND r.state <> 'drafted')"
)


class EvaluationsConfig(AppConfig):
    name = "evaluations"

    def ready(self):
        autodiscover_modules("seals")
        protect(
            self,
            Guard("evaluations_conflictdeclaration"),
            Guard("evaluations_detectedtie"),
            Guard("evaluations_draw", free=DRAWN, never="OLD.state = 'drawn'"),
            Guard("evaluations_promotion"),
            Guard("evaluations_embargo", frozen="OLD.state <> 'set'"),
            Guard("evaluations_review", frozen="OLD.state = 'handed_in'", free=("state",)),
            Guard("evaluations_score", frozen="OLD.is_sealed", free=("is_sealed",)),
            Guard("evaluations_calibration", frozen=SAMPLE_WAS_SCORED),
            Guard("evaluations_samplereview", frozen="OLD.state = 'handed_in'"),
            Guard("evaluations_samplescore", frozen="OLD.is_sealed"),
            Guard(
                "evaluations_evaluationsettings",
                frozen=SCORING_BEGAN.format(row="OLD"),
                closed=SCORING_BEGAN.format(row="NEW"),
            ),
            Guard("evaluations_divergence", free=("third_id", "waived_at", "waived_by_id", "waived_reason")),
            Guard("evaluations_handedin"),
            Guard("evaluations_handedinscore"),
            Guard("evaluations_reopening"),
            Guard("evaluations_vote", frozen=IS_RULED),
            Guard("evaluations_ruling", frozen="OLD.state <> 'drafted'", free=("state",)),
            *AFTER_THE_RULING,
        )
