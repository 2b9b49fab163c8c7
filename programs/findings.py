"""What the data of an edition show of each good practice, read from the draft or from what was published."""

from programs import clauses, contents, practice_checks


def findings_of(edition, publication=None, says=None):
    """The finding of each practice by its code; nothing where the portal holds no data of the edition."""
    says = says or contents.read(edition, publication or clauses.publication_of(edition))
    return practice_checks.run(says) if says.texts else {}


def finding_of(edition, practice, says=None):
    return findings_of(edition, says=says).get(practice.code)
