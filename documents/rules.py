"""Who sees what the antivirus found."""

import rules


@rules.predicate
def is_administrator(user):
    """Said by the accounts: whoever sees everybody's jobs."""
    return user.has_perm("jobs.view_all_jobs")


rules.add_perm("documents.view_antivirus", is_administrator)
