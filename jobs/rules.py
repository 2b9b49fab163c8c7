"""Who sees and retries jobs. Who is an administrator is said by the accounts, above."""

import rules

from jobs.models import JobState


@rules.predicate
def asked_for_it(user, job):
    return job is not None and job.requested_by_id == user.pk


@rules.predicate
def may_see_all(user, job=None):
    return user.has_perm("jobs.view_all_jobs")


@rules.predicate
def has_failed(user, job):
    return job is not None and job.state == JobState.FAILED


rules.add_perm("jobs.view_job", asked_for_it | may_see_all)
rules.add_perm("jobs.retry_job", has_failed & (asked_for_it | may_see_all))
