"""What a subscription asks for, and who asks for a call: the filters of the public list, turned round."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from calls import listing, places
from calls.folding import fold
from calls.models import Interest
from programs.models import Agency


@dataclass(frozen=True)
class Wanted:
    """Calls of an agency, on a topic, in a place; what is left out is any."""

    agency: Agency | None = None
    topic: str = ""
    place: str = ""

    def columns(self):
        topic = self.topic.strip()
        return {"agency": self.agency, "topic": topic, "topic_key": fold(topic), "place": self.place}

    def same(self):
        """The filter that finds an interest in the same calls, however the topic was written."""
        return {name: value for name, value in self.columns().items() if name != "topic"}

    @classmethod
    def by(cls, interest):
        return cls(interest.agency, interest.topic, interest.place)


def asking_for(call):
    """The confirmed interests that a call answers."""
    return Interest.objects.wanting(
        agency=call.publication.edition.program.agency_id,
        topics=listing.topic_keys(call.topics),
        places=places.of_publication(call.publication_id),
    )


def in_words(interest, names):
    """«SISEMH · igualdad · Guadalajara»; ``names`` are those of the places."""
    agency = interest.agency.acronym if interest.agency else ""
    said = [agency, interest.topic, names.get(interest.place, interest.place)]
    return " · ".join(filter(None, said)) or _("All calls")


def all_in_words(interests):
    """Each of several interests in words, by its number: one query for the names of all places."""
    names = places.names_of({one.place for one in interests})
    return {one.pk: in_words(one, names) for one in interests}
