"""Who drafts, signs, publishes and assesses the Rules of Operation; who must not."""

import rules

from accounts import held
from accounts.models import Role
from programs import signing
from programs.models.editions import DRAFTING, OVERSEEING, PUBLIC_STATES, drafts_visible_to
from programs.models.guide import works_on_guides
from programs.states import EditionState

__all__ = ["DRAFTING", "OVERSEEING", "drafts_visible_to"]

# Drafting, sign-off and publication


def _holds(user, program, *roles):
    return program.agency is not None and held.in_body(user, program.agency.body_id, *roles)


@rules.predicate
def edits_rules_of_program(user, program):
    return _holds(user, program, Role.EDITOR)


@rules.predicate
def edits_rules(user, edition):
    return _holds(user, edition.program, Role.EDITOR)


@rules.predicate
def heads_agency(user, edition):
    return _holds(user, edition.program, Role.HEAD)


@rules.predicate
def is_draft(user, edition):
    return edition.is_editable()


@rules.predicate
def is_published(user, edition):
    return edition.state == EditionState.PUBLISHED


@rules.predicate
def sees_draft(user, edition):
    return drafts_visible_to(user).filter(pk=edition.pk).exists()


@rules.predicate
def sent_it(user, edition):
    return edition.sent_by_id == user.pk


@rules.predicate
def holds_the_waiting_signature(user, edition):
    step = signing.next_step(edition)
    return bool(step) and user.is_authenticated and signing.signers(edition, step).filter(user=user).exists()


rules.add_perm("programs.start_edition", edits_rules_of_program)
rules.add_perm("programs.view_draft", sees_draft)
rules.add_perm("programs.change_edition", is_draft & edits_rules)
rules.add_perm("programs.send_edition", edits_rules)
rules.add_perm("programs.sign_edition", holds_the_waiting_signature & ~sent_it)
rules.add_perm("programs.amend_edition", edits_rules & is_published)
rules.add_perm("programs.publish_edition", heads_agency & ~sent_it)

# Comments on a draft


@rules.predicate
def is_not_published_yet(user, edition):
    return edition.stage() in (EditionState.DRAFT, EditionState.SIGNOFF, EditionState.APPROVED)


@rules.predicate
def said_it(user, comment):
    return comment.author_id == user.pk


@rules.predicate
def has_to_do_it(user, comment):
    return comment.owner_id == user.pk


@rules.predicate
def edits_what_is_commented(user, comment):
    return edits_rules(user, comment.text.edition)


rules.add_perm("programs.comment_draft", is_not_published_yet & sees_draft)
rules.add_perm("programs.resolve_comment", said_it | has_to_do_it | edits_what_is_commented)

# Assessment of practices


@rules.predicate
def may_still_be_assessed(user, edition):
    return edition.state in (EditionState.DRAFT, EditionState.PUBLISHED)


@rules.predicate
def answers_for_rules(user, edition):
    return _holds(user, edition.program, Role.EDITOR, Role.HEAD)


@rules.predicate
def is_public(user, edition):
    return edition.state in PUBLIC_STATES


@rules.predicate
def assessment_can_be_seen(user, assessment):
    return user.has_perm("programs.view_edition", assessment.edition)


@rules.predicate
def assessed_it(user, assessment):
    return assessment.assessed_by_id == user.pk


@rules.predicate
def assesses_for_planning(user, _assessment):
    return works_on_guides(user)


@rules.predicate
def owns_the_guide(user, _guide=None):
    return works_on_guides(user, Role.GUIDE_OWNER)


@rules.predicate
def guide_can_be_seen(user, guide):
    return not guide.is_draft or works_on_guides(user)


rules.add_perm("programs.begin_guide", owns_the_guide)
rules.add_perm("programs.change_guide", owns_the_guide)
rules.add_perm("programs.view_guide", guide_can_be_seen)
rules.add_perm("programs.view_edition", is_public | sees_draft)
rules.add_perm("programs.view_assessment", assessment_can_be_seen)
rules.add_perm("programs.answer_assessments", assesses_for_planning)
rules.add_perm("programs.assess_edition", may_still_be_assessed & answers_for_rules)
rules.add_perm("programs.review_assessment", assesses_for_planning & ~assessed_it & assessment_can_be_seen)

# Ratings by the rubric


@rules.predicate
def may_be_rated(user, edition):
    return edition.state in (EditionState.SIGNOFF, EditionState.APPROVED, EditionState.PUBLISHED)


rules.add_perm("programs.rate_edition", may_be_rated & assesses_for_planning & (is_public | sees_draft))
rules.add_perm("programs.reply_rating", answers_for_rules)

# Electoral blackouts


@rules.predicate
def works_in_planning(user, _thing=None):
    return works_on_guides(user)


rules.add_perm("programs.manage_blackouts", works_in_planning)
