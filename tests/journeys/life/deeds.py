"""Every deed in the life of a call, by its name."""

from tests.journeys.life.after import AFTER_RESULTS
from tests.journeys.life.deciding import OF_THE_SESSION
from tests.journeys.life.evaluating import OF_SCORES, OF_THE_COMMITTEE
from tests.journeys.life.receiving import OF_APPLICATIONS, OF_THE_CALL

DEEDS = {
    one.name: one
    for several in (OF_THE_CALL, OF_APPLICATIONS, OF_THE_COMMITTEE, OF_SCORES, OF_THE_SESSION, AFTER_RESULTS)
    for one in several
}
