"""A case with a bit of everything, for what prints it: bare rows where no rule is at stake."""

from datetime import date, timedelta

from tests.factories.assistance import make_case
from tests.factories.assistance_diagnosis import ANSWERS, OVEN, make_diagnosis
from tests.factories.directory import BY, make_centre, make_organisation, make_person

from yanapay.assistance.actions.tree import save_tree
from yanapay.assistance.models import (
    Assignment,
    BudgetLine,
    BudgetShare,
    Case,
    Contract,
    Evaluation,
    Indicator,
    Measurement,
    Milestone,
    Payment,
    Plan,
    PlanAction,
    Task,
    TechnologyUse,
    Visit,
)
from yanapay.assistance.rules.tree.outline import Outline
from yanapay.directory.models import Observation
from yanapay.quality.actions.formats import load_formats
from yanapay.roster.models import Specialist, Technology

DAY = date(2026, 3, 5)
LONG = "Asociación de Productores Agroindustriales y Panificadores Señor de los Milagros del Valle del Mantaro "
TEXT = (
    "Se revisó el horno con el maestro panadero; la puerta no cierra y el termómetro marca 30 °C de menos.\n"
    "Se pesó la masa de tres tandas: entre 48 y 71 g por pieza."
)


def minimal_case() -> Case:
    """A case of which nearly nothing is written down."""
    load_formats(by=BY)
    return make_case(organisation=make_organisation(name="Pan S"))


def full_case(*, size: int = 4, name: str = "Panadería El Molino", tree: Outline = OVEN) -> Case:
    """A case through all six stages, with ``size`` rows of each kind."""
    load_formats(by=BY)
    firm = make_organisation(name=name)
    case = make_case(organisation=firm, contact=make_person("Rosa Quispe Huamán"))
    Case.objects.filter(pk=case.pk).update(stage=6, ended_on=date(2026, 6, 1))
    case.refresh_from_db()
    make_diagnosis(case, strengths=TEXT, conclusions=TEXT, answers=ANSWERS)
    diagnosis = save_tree(by=BY, case=case, outline=tree)
    diagnosis.baseline = Observation.objects.create(
        organisation=firm, observed_on=DAY, workers=7, workers_women=4, workers_men=3,
        annual_sales=12_345_600, currency="PEN", products="Pan francés, chapla, bizcochos",
    )  # fmt: skip
    diagnosis.save()
    _plan(case, size)
    _work(case, size)
    _result(case)
    return case


def _plan(case: Case, size: int) -> None:
    plan = Plan.objects.create(
        case=case, number=1, state="accepted", objective=TEXT, currency="PEN", cost=123_450 * size,
        price=150_000 * size, starts_on=DAY, ends_on=DAY + timedelta(90), offered_on=DAY,
        decided_on=DAY + timedelta(3), decided_by_name="Rosa Quispe Huamán", signature="paper",
    )  # fmt: skip
    for n in range(1, size + 1):
        PlanAction.objects.create(
            plan=plan, objective=f"Temperatura pareja del horno {n}", action=TEXT, result="Menos merma"
        )  # fmt: skip
        BudgetLine.objects.create(
            plan=plan, kind="specialist", description=f"Visitas del maestro hornero {n}",
            quantity=250, unit="día", unit_cost=49_380, cost=123_450,
        )  # fmt: skip
    _indicator(plan, "Merma en el horno", "%", 12_500, 5_000)
    _indicator(plan, "Ventas del mes", "S/", 8_400_000, 9_500_000)
    for payer, percent in (("enterprise", 30), ("programme", 70)):
        share = BudgetShare.objects.create(plan=plan, payer=payer, amount=1_500 * percent * size)
        Payment.objects.create(
            case=case, share=share, number=f"R-{percent}", paid_on=DAY, amount=share.amount,
            currency="PEN", payer_name=case.organisation.name, noted_by_name="Beto",
        )  # fmt: skip


def _indicator(plan: Plan, name: str, unit: str, baseline: int, target: int) -> None:
    Indicator.objects.create(
        plan=plan, name=name, unit=unit, baseline=baseline, target=target,
        direction="down" if target < baseline else "up", due_on=plan.ends_on,
        method="Cuaderno de producción",
    )  # fmt: skip


def _work(case: Case, size: int) -> None:
    who = make_person("Ing. Julián Ñahui Cárdenas")
    specialist = Specialist.objects.create(centre=make_centre(), kind="specialist", person=who)
    asked = Assignment.objects.create(
        case=case, specialist=specialist, state="accepted", task=TEXT, asked_on=DAY, answer_by=DAY,
        asked_by_name="Beto",
    )  # fmt: skip
    contract = Contract.objects.create(
        assignment=asked, number="CTR-2026-0001", terms=TEXT, amount=50_000 * size, currency="PEN",
        signed_on=DAY, starts_on=DAY, ends_on=DAY + timedelta(90),
    )  # fmt: skip
    for n in range(size):
        _step(contract, n + 1, DAY + timedelta(7 * n))
    Visit.objects.create(case=case, planned_on=DAY + timedelta(200), purpose="Seguimiento")
    technology, _ = Technology.objects.get_or_create(
        name="Control de temperatura", name_key="control de temperatura"
    )
    TechnologyUse.objects.create(
        case=case,
        technology=technology,
        changes_skills=True,
        changes_equipment=True,
        applied_on=DAY,
    )


def _step(contract: Contract, n: int, on: date) -> None:
    """A task, its visit and its deliverable, all done."""
    asked = contract.assignment
    Milestone.objects.create(
        contract=contract, deliverable=f"Informe {n}", due_on=on, amount=50_000, delivered_on=on,
        accepted_on=on, accepted_by_name="Rosa Quispe",
    )  # fmt: skip
    Task.objects.create(
        case=asked.case, title=f"Calibrar el termómetro y sellar la puerta {n}", doer="specialist",
        assignment=asked, starts_on=on, due_on=on, deliverable="Horno probado",
    )  # fmt: skip
    Visit.objects.create(
        case=asked.case, planned_on=on, purpose="Ver el horno", assignment=asked, done_on=on,
        minutes=120, women=2, men=1, notes=TEXT, agreements="Comprar balanza, Rosa, 20/3",
    )  # fmt: skip


def _result(case: Case) -> None:
    done = date(2026, 7, 10)
    evaluation = Evaluation.objects.create(
        case=case, round="final", due_from=done, due_on=done, done_on=done, satisfaction=5, attribution=80,
        effect=TEXT, remaining="Segundo horno", confirmed_on=done, confirmed_by_name="Rosa Quispe Huamán",
        confirmed_how="code", done_by_name="Beto Ramos",
    )  # fmt: skip
    for indicator, value in zip(
        Indicator.objects.filter(plan__case=case), (4_200, 9_120_500), strict=True
    ):
        Measurement.objects.create(
            indicator=indicator, evaluation=evaluation, measured_on=done, value=value
        )
