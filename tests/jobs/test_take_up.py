"""A process that dies leaves nothing behind that is lost, half done or done twice."""

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from celery import shared_task
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from jobs import claims, queue, relay, runner, running, schedule
from jobs.models import Job, JobState, Lease
from tests.factories.accounts import UserFactory

done: list[int] = []


@shared_task(name="tests.mark")
def mark(*, number):
    done.append(number)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def dead_process():
    """The name of a process of this machine that is gone."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return claims.holder().replace(f":{os.getpid()}:", f":{child.pid}:")


def running_for(holder, *, until=timedelta(minutes=5), attempts=1):
    job = queue.enqueue(mark, number=1)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        claimed_by=holder,
        claimed_until=timezone.now() + until,
        attempts=attempts,
        started_at=timezone.now(),
    )
    return job


@pytest.mark.django_db
class TestTakingUp:
    def test_what_a_dead_process_of_this_machine_left_is_done_at_once(self):
        job = running_for(dead_process())

        assert running.take_up_abandoned() == 1
        runner.drain()

        job.refresh_from_db()
        assert (job.state, job.attempts, done) == (JobState.DONE, 2, [1])

    def test_what_a_silent_process_elsewhere_left_is_done_when_its_claim_ends(self):
        running_for("elsewhere:12:abcd", until=timedelta(minutes=1))
        assert running.take_up_abandoned() == 0

        Job.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert running.take_up_abandoned() == 1

    def test_what_a_living_process_runs_is_left_alone(self):
        running_for(claims.holder())

        assert running.take_up_abandoned() == 0

    def test_a_job_that_kills_its_process_is_given_up_with_a_reason(self):
        job = running_for(dead_process(), attempts=running.MAX_ATTEMPTS)
        running.take_up_abandoned()
        runner.drain()

        job.refresh_from_db()
        assert (job.state, done) == (JobState.FAILED, [])
        assert str(running.MAX_ATTEMPTS) in job.reason

    def test_the_end_of_a_job_that_was_taken_from_us_is_not_ours_to_write(self):
        job = queue.enqueue(mark, number=1)
        claims.claim(job)
        Job.objects.filter(pk=job.pk).update(claimed_by="elsewhere:12:abcd")

        running._finish(job, JobState.DONE)

        job.refresh_from_db()
        assert job.state == JobState.RUNNING

    def test_run_jobs_does_what_was_left(self, capsys):
        running_for(dead_process())

        call_command("run_jobs")

        assert "1 jobs run." in capsys.readouterr().out


@pytest.mark.django_db
class TestLeases:
    def test_one_process_holds_a_duty_and_may_renew_it(self):
        assert claims.lease("x") is True
        assert claims.lease("x") is True
        assert Lease.objects.get().holder == claims.holder()

    def test_a_living_holder_keeps_it_and_a_dead_one_does_not(self):
        Lease.objects.create(
            name="x", holder="elsewhere:12:abcd", until=timezone.now() + timedelta(seconds=9)
        )
        Lease.objects.create(name="y", holder=dead_process(), until=timezone.now() + timedelta(seconds=9))

        assert claims.lease("x") is False
        assert claims.lease("y") is True

    def test_it_ends_by_itself(self):
        Lease.objects.create(
            name="x", holder="elsewhere:12:abcd", until=timezone.now() - timedelta(seconds=1)
        )

        assert claims.lease("x") is True

    def test_given_back_it_is_free(self):
        claims.lease("x")
        claims.release("x")

        assert not Lease.objects.exists()


@pytest.mark.django_db
class TestRelay:
    @pytest.fixture
    def sent(self, monkeypatch):
        """What was handed to the broker."""
        messages = []
        monkeypatch.setattr(
            relay.current_app,
            "send_task",
            lambda name, kwargs, **options: messages.append((name, kwargs["job"])),
        )
        return messages

    def test_a_job_is_handed_over_once(self, sent):
        job = queue.enqueue(mark, number=1)

        assert relay.hand_over() == 1
        assert relay.hand_over() == 0

        job.refresh_from_db()
        assert (job.state, sent) == (JobState.HANDED, [("jobs.run_job", job.public_id)])

    def test_a_message_that_comes_twice_is_run_once(self, sent):
        from jobs import tasks

        job = queue.enqueue(mark, number=1)
        relay.hand_over()

        tasks.run_job(job=job.public_id)
        tasks.run_job(job=job.public_id)

        assert done == [1]

    def test_a_wiped_broker_loses_nothing_and_doubles_nothing(self, sent):
        from jobs import tasks

        ana = UserFactory()
        jobs = [queue.enqueue(mark, number=n, by=ana) for n in range(100)]
        relay.hand_over()
        for _name, job in sent[:30]:
            tasks.run_job(job=job)
        lost = sent[30:]
        sent.clear()  # the broker is wiped with everything it held

        Job.objects.filter(state=JobState.HANDED).update(handed_at=timezone.now() - timedelta(minutes=2))
        assert relay.take_back_lost() == 70
        relay.hand_over()
        for _name, job in [*sent, *lost[:10]]:  # some old messages turn up after all
            tasks.run_job(job=job)

        assert sorted(done) == list(range(100))
        assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
        assert len(jobs) == 100

    def test_without_a_broker_the_job_stays_in_line(self, monkeypatch):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError(111, "Connection refused")

        monkeypatch.setattr(relay.current_app, "send_task", refuse)
        job = queue.enqueue(mark, number=1)

        assert relay.hand_over() == 0
        job.refresh_from_db()
        assert job.state == JobState.QUEUED

    def test_no_more_is_handed_over_than_can_begin_soon(self, sent, monkeypatch):
        monkeypatch.setattr(relay, "IN_FLIGHT", 3)
        ana = UserFactory()
        for n in range(5):
            queue.enqueue(mark, number=n, by=ana)

        assert relay.hand_over() == 3

    def test_what_somebody_waits_for_is_never_behind_much_that_nobody_waits_for(self, sent, monkeypatch):
        monkeypatch.setattr(relay, "BACKGROUND_IN_FLIGHT", 2)
        for n in range(5):
            queue.enqueue(mark, number=n)
        relay.hand_over()
        mine = queue.enqueue(mark, number=5, by=UserFactory())

        assert relay.hand_over() == 1
        assert [job for _name, job in sent].index(mine.public_id) == 2
        assert Job.objects.filter(state=JobState.QUEUED).count() == 3


@pytest.mark.django_db
class TestSchedule:
    @pytest.fixture(autouse=True)
    def _only_ours(self, monkeypatch):
        monkeypatch.setattr(schedule, "_entries", {})
        monkeypatch.setattr(schedule, "_asked", {})

    def test_a_daily_task_is_asked_for_once_a_day(self, demo_today):
        schedule.daily(3, 0)(mark)

        schedule.ask_for_what_is_due()
        schedule._asked.clear()  # another process looks at the same clock
        schedule.ask_for_what_is_due()
        assert Job.objects.filter(task="tests.mark").count() == 1

        demo_today.shift(timedelta(days=1))
        schedule.ask_for_what_is_due()
        assert Job.objects.filter(task="tests.mark").count() == 2

    def test_a_frequent_task_is_asked_for_each_time(self, demo_today):
        schedule.every(minutes=15)(mark)

        for _n in range(4):
            schedule.ask_for_what_is_due()
            demo_today.shift(timedelta(minutes=15))

        assert Job.objects.filter(task="tests.mark").count() == 4

    def test_the_hour_is_that_of_the_portals_zone(self):
        when = schedule.Daily(schedule.time(3, 0)).latest(timezone.now())

        assert timezone.localtime(when).hour == 3


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    def test_eight_threads_run_each_job_once(self):
        from django.test import override_settings

        with override_settings(TASKS_MODE="embedded"):
            for n in range(40):
                queue.enqueue(mark, number=n)

            def work():
                try:
                    runner.drain()
                finally:
                    connection.close()

            threads = [threading.Thread(target=work) for _n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        assert sorted(done) == list(range(40))

    def test_the_embedded_runner_does_what_is_asked_for_and_stops(self, settings):
        settings.TASKS_MODE = "embedded"
        finished = threading.Event()

        @shared_task(name="tests.finish")
        def finish():
            finished.set()

        runner.start()
        try:
            queue.enqueue(finish)
            assert finished.wait(timeout=20)
            assert Lease.objects.get(name=runner.DUTY).holder == claims.holder()
        finally:
            runner.stop()

        assert not Lease.objects.filter(name=runner.DUTY).exists()

    def test_in_eager_mode_it_is_done_when_the_transaction_commits(self):
        queue.enqueue(mark, number=5)

        assert done == [5]
