"""The arithmetic of a project's budget, in decimals, and what the Rules say of it. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from documents import pesos

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words; ``rule_key`` says in which concept, empty for the whole."""

    message: str
    rule_key: str = ""


@dataclass
class Totals:
    """What the grant pays, what the organization adds, and what it all costs."""

    grant: Decimal = ZERO
    own_money: Decimal = ZERO
    own_kind: Decimal = ZERO
    by_concept: dict = field(default_factory=lambda: defaultdict(lambda: ZERO))

    @property
    def own(self):
        return self.own_money + self.own_kind

    @property
    def cost(self):
        return self.grant + self.own

    @property
    def own_share(self):
        return share(self.own, self.cost)


def share(part, whole):
    """So much per cent, with two decimals; of nothing, nothing."""
    return (100 * part / whole).quantize(CENT, ROUND_HALF_UP) if whole else ZERO


def totals(lines):
    """Add up lines that have ``rule_key``, ``from_grant``, ``own_money`` and ``own_kind``."""
    result = Totals()
    for line in lines:
        result.grant += line.from_grant
        result.own_money += line.own_money
        result.own_kind += line.own_kind
        result.by_concept[line.rule_key] += line.from_grant
    return result


def problems(lines, *, rules, modality=None, requested=None):
    """Everything in which the lines depart from the Rules, whole budget first."""
    lines = list(lines)
    if not lines:
        return [Problem(_("The budget has no lines yet. Add at least one."))]
    sums = totals(lines)
    found = [*_of_the_whole(sums, modality, requested)]
    for rule in rules:
        found += _of_a_concept(rule, sums)
    return found


def amount_problems(requested, modality):
    """Whether the amount requested lies within what the modality gives."""
    if requested is None or modality is None:
        return []
    if requested < modality.minimum:
        return [_("The least this modality gives is %(least)s.") % {"least": pesos.figures(modality.minimum)}]
    if requested > modality.maximum:
        return [_("The most this modality gives is %(most)s.") % {"most": pesos.figures(modality.maximum)}]
    return []


def _of_the_whole(sums, modality, requested):
    if requested is not None and sums.grant != requested:
        yield Problem(
            _(
                "The lines ask the grant for %(sum)s and the amount requested is %(requested)s. "
                "Make them equal."
            )
            % {"sum": pesos.figures(sums.grant), "requested": pesos.figures(requested)}
        )
    if modality is not None and sums.own_share < modality.own_share:
        yield Problem(
            _(
                "The own contribution is %(share)s %% of the total cost; this modality asks for at least "
                "%(least)s %%."
            )
            % {"share": sums.own_share, "least": f"{modality.own_share.normalize():f}"}
        )


def _of_a_concept(rule, sums):
    charged = sums.by_concept.get(rule.key, ZERO)
    named = {"concept": rule.concept, "charged": pesos.figures(charged)}
    if charged and not rule.is_allowed:
        yield Problem(
            _("«%(concept)s» cannot be charged to the grant. Move its %(charged)s to the own contribution.")
            % named,
            rule.key,
        )
        return
    if rule.maximum is not None and charged > rule.maximum:
        most = {"most": pesos.figures(rule.maximum)}
        yield Problem(
            _("«%(concept)s» adds up to %(charged)s and its ceiling is %(most)s.") % (named | most), rule.key
        )
    if rule.maximum_share is not None and sums.grant and charged * 100 > rule.maximum_share * sums.grant:
        most = {"share": share(charged, sums.grant), "most": f"{rule.maximum_share.normalize():f}"}
        yield Problem(
            _("«%(concept)s» is %(share)s %% of the grant and its ceiling is %(most)s %%.") % (named | most),
            rule.key,
        )
