"""Reads: what is public of an evaluation once it is released, and the numbers that are public before."""

from django.db.models import Count

from evaluations.models import ConflictDeclaration, RemedyRequest, Ruling, Session, Vote


def released_rulings(call):
    """The released rulings of a call in the order of the ranking."""
    return list(
        Ruling.objects.released()
        .filter(call=call)
        .select_related("application__organization__body", "application__municipality", "session")
        .in_rank_order()
    )


def changes_by_application(call):
    """What resolutions of remedies changed of released results: read beside the rulings, which stay."""
    found = {}
    for one in resolutions_of(call):
        found.setdefault(one.application_id, []).append(one)
    return found


def resolutions_of(call):
    """The resolutions that changed a released result, in the order in which they did."""
    found = RemedyRequest.objects.with_effect().of_call(call)
    return list(found.select_related("remedy", "application__organization__body"))


def recusals(call):
    """How many recusals there were, by capacity: numbers only, never who or from what."""
    told = ConflictDeclaration.objects.filter(call=call).exclude(organization=None)
    return by_capacity(dict(told.order_by().values_list("capacity").annotate(number=Count("pk"))))


def by_capacity(numbers):
    """The same, of what was counted already."""
    return [
        {"capacity": str(capacity.label), "number": numbers.get(capacity.value, 0)}
        for capacity in ConflictDeclaration.Capacity
    ]


def decided_in(session):
    """What a session decided of each file of its agenda, with the votes counted."""
    votes = {}
    counted = Vote.objects.filter(item__session=session).values("item", "choice").annotate(number=Count("pk"))
    labels = dict(Vote.Choice.choices)
    for row in counted.order_by("choice"):
        votes.setdefault(row["item"], []).append(
            {"choice": str(labels[row["choice"]]), "number": row["number"]}
        )
    rulings = {
        r.application_id: r
        for r in Ruling.objects.filter(session=session).exclude(state="drafted").select_related("decided_by")
    }
    return [
        _decision(item, votes.get(item.pk, []), rulings.get(item.application_id))
        for item in session.agenda.select_related("application__organization__body")
    ]


def _decision(item, votes, ruling):
    application = item.application
    said = {
        "position": item.position,
        "folio": application.folio,
        "organization": str(application.organization),
        "votes": votes,
        "ruled": ruling is not None,
    }
    if ruling is None:
        return said
    return said | {
        "rank": ruling.rank,
        "total": ruling.total,
        "spread": ruling.spread,
        "outcome_words": ruling.get_outcome_display(),
        "amount": ruling.amount,
        "reserve_order": ruling.reserve_order,
        "reasons": ruling.reasons,
        "departure_reason": ruling.departure_reason if ruling.departs else "",
    }


def sessions_of(call):
    """The sessions of the committee of a call, closed ones first to last."""
    return list(Session.objects.filter(committee__call=call).order_by("number"))
