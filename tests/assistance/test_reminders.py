"""People are reminded of what is due, once."""

import signal
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.base.test_leases import python, wait_until
from tests.factories.assistance import bring_to, make_case
from tests.factories.directory import make_organisation

from yanapay.assistance.models import Evaluation, Plan, Visit
from yanapay.assistance.rules.reminders import answer_due, evaluation_due, offer_lapses, stage_idle
from yanapay.assistance.tasks import send_reminders
from yanapay.notices.models import Notice

DAY = date(2026, 3, 30)
NOW = datetime.fromisoformat("2026-03-30T08:00:00-05:00")


def test_each_rule_has_its_day() -> None:
    before = DAY - timedelta(days=1)
    assert answer_due(1, DAY, before, case="SAT-2026-0001", name="Elena") is None
    assert answer_due(1, DAY, DAY, case="SAT-2026-0001", name="Elena") is not None
    assert stage_idle(1, "SAT-2026-0001", DAY - timedelta(days=13), DAY) is None
    assert stage_idle(1, "SAT-2026-0001", DAY - timedelta(days=14), DAY) is not None
    assert offer_lapses(1, DAY + timedelta(days=4), DAY, case="SAT-2026-0001") is None
    assert offer_lapses(1, DAY + timedelta(days=3), DAY, case="SAT-2026-0001") is not None


def test_an_evaluation_is_told_when_its_time_begins_and_when_it_has_passed() -> None:
    due = DAY + timedelta(days=30)
    keys = {
        told.key
        for day in range(-1, 40)
        if (told := evaluation_due(7, DAY, due, DAY + timedelta(days=day), case="SAT-2026-0001"))
    }
    assert keys == {"evaluation:7:2026-03-30", "overdue:7:2026-04-29"}


@pytest.mark.django_db
def test_a_case_that_stands_still_is_told_once() -> None:
    case = make_case()
    assert send_reminders(NOW) == 1
    assert send_reminders(NOW + timedelta(days=1)) == 0
    notice = Notice.objects.get(user=case.responsible, url__startswith="/cases/")
    assert (notice.url, case.number in str(notice)) == (f"/cases/{case.pk}/", True)


@pytest.mark.django_db
def test_a_visit_to_come_is_not_standing_still() -> None:
    case = make_case()
    Visit.objects.create(case=case, planned_on=DAY + timedelta(days=20), purpose="See the oven")
    assert send_reminders(NOW) == 0


@pytest.mark.django_db
def test_evaluations_and_offers_are_told_to_whoever_answers_for_the_case() -> None:
    case = bring_to(make_case(), 6)
    due = {"due_from": DAY, "due_on": DAY + timedelta(days=30)}
    Evaluation.objects.create(case=case, round="final", **due)
    offered = bring_to(make_case(make_organisation("Molino Sur")), 3, DAY)
    Plan.objects.create(case=offered, number=1, state="offered", currency="PEN", valid_until=DAY)
    assert send_reminders(NOW) == 2
    told = Notice.objects.filter(url__startswith="/cases/")
    urls = set(told.values_list("url", flat=True))
    assert urls == {f"/cases/{case.pk}/#evaluation", f"/cases/{offered.pk}/#plan"}


SETUP = """
import django; django.setup()
from tests.factories.assistance import make_case
from tests.factories.directory import make_centre, make_organisation
centre = make_centre()
for n in range(12):
    make_case(make_organisation(f"Firma {n}", centre), centre=centre)
"""
SLOWLY = """
import time, django; django.setup()
from pathlib import Path
from datetime import datetime
from yanapay.assistance.actions import reminders
from yanapay.assistance.tasks import send_reminders
notify = reminders.notify
def slowly(**values):
    notify(**values)
    time.sleep(0.3)  # the notice is written, its transaction is still open
    Path("{home}/begun").touch()
reminders.notify = slowly
send_reminders(datetime.fromisoformat("{now}"))
"""
COUNT = """
import django; django.setup()
from collections import Counter
from pathlib import Path
from datetime import datetime
from yanapay.assistance.models import Reminder
from yanapay.assistance.tasks import send_reminders
from yanapay.notices.models import Notice
before = Reminder.objects.count(), Notice.objects.filter(url__startswith="/cases/").count()
send_reminders(datetime.fromisoformat("{now}"))
told = Counter(Notice.objects.filter(url__startswith="/cases/").values_list("url", flat=True))
Path("{home}/told").write_text(f"{{before[0]}} {{before[1]}} {{len(told)}} {{max(told.values())}}")
"""


@pytest.mark.slow
def test_a_worker_killed_half_way_repeats_nothing_and_loses_nothing(tmp_path: Path) -> None:
    """A real process, killed without warning while a notice is written and not yet committed."""
    at = {"home": tmp_path, "now": NOW.isoformat()}
    assert python(tmp_path, "-m", "django", "migrate", "-v0").wait() == 0
    assert python(tmp_path, "-c", SETUP).wait() == 0
    worker = python(tmp_path, "-c", SLOWLY.format(**at))
    wait_until((tmp_path / "begun").exists, 120)
    time.sleep(0.75)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert python(tmp_path, "-c", COUNT.format(**at)).wait() == 0
    reminders, notices, told, most = map(int, (tmp_path / "told").read_text().split())
    assert 0 < reminders == notices < 12
    assert (told, most) == (12, 1)
