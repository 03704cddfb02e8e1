"""The service of a centre passes to another institution: agreed, shared, handed over in parts, completed."""

from datetime import date

from django.db import transaction

from yanapay.assistance.choices import Component, TransferPhase
from yanapay.assistance.models import ServiceTransfer, TransferComponent
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor
from yanapay.centres.actions import move_centre
from yanapay.centres.models import Centre, Institution
from yanapay.kernel.changes import require_version
from yanapay.kernel.errors import RuleBroken


@transaction.atomic
def agree_transfer(
    *, by: Actor, centre: Centre, target: Institution, agreed_on: date, terms: str = ""
) -> ServiceTransfer:
    """Begin with the institution that holds the centre; one component of each kind to fill in."""
    centre = Centre.objects.select_for_update().get(pk=centre.pk)
    if target.pk == centre.institution_id:
        raise RuleBroken("The centre belongs to this institution already.", field="target")
    if ServiceTransfer.objects.filter(centre=centre, completed_on=None).exists():
        raise RuleBroken("The service of this centre is being transferred already.")
    transfer = ServiceTransfer.objects.create(
        centre=centre,
        source=centre.institution,
        target=target,
        agreed_on=agreed_on,
        terms=terms.strip(),
    )
    TransferComponent.objects.bulk_create(
        TransferComponent(transfer=transfer, kind=kind) for kind in Component.values
    )
    _record(by, "assistance.transfer_agreed", transfer, {"target": target.name})
    return transfer


@transaction.atomic
def describe_component(
    *,
    by: Actor,
    transfer: ServiceTransfer,
    kind: str,
    description: str,
    component: TransferComponent | None = None,
) -> TransferComponent:
    """Say what exactly is handed over; without ``component`` a further one of the kind."""
    current = _running(transfer)
    if not description.strip():
        raise RuleBroken("Say what is handed over.", field="description")
    if component is None:
        component = TransferComponent(transfer=current, kind=kind)
    elif component.accepted_on:
        raise RuleBroken("What was accepted is not described anew. Add another component.")
    component.kind, component.description = kind, description.strip()
    component.save()
    _touched(by, "assistance.component_described", current, component)
    return component


@transaction.atomic
def hand_component(
    *, by: Actor, component: TransferComponent, on: date, remarks: str = ""
) -> TransferComponent:
    """The holder hands a component over."""
    current = _running(component.transfer)
    component = TransferComponent.objects.select_for_update().get(pk=component.pk)
    if not component.description:
        raise RuleBroken("Say first what is handed over.")
    if on < current.agreed_on:
        raise RuleBroken("This is before the transfer was agreed.", field="on")
    component.handed_on, component.remarks = on, remarks.strip() or component.remarks
    component.save()
    _touched(by, "assistance.component_handed", current, component)
    return component


@transaction.atomic
def accept_component(
    *, by: Actor, component: TransferComponent, on: date, accepted_by_name: str, remarks: str = ""
) -> TransferComponent:
    """The receiving institution accepts a component that was handed over."""
    current = _running(component.transfer)
    component = TransferComponent.objects.select_for_update().get(pk=component.pk)
    if component.handed_on is None:
        raise RuleBroken("It has not been handed over yet.")
    if on < component.handed_on:
        raise RuleBroken("This is before it was handed over.", field="on")
    if not accepted_by_name.strip():
        raise RuleBroken("Say who accepts it.", field="accepted_by_name")
    component.accepted_on, component.accepted_by_name = on, accepted_by_name.strip()
    component.remarks = remarks.strip() or component.remarks
    component.save()
    _touched(by, "assistance.component_accepted", current, component)
    return component


@transaction.atomic
def share_management(
    *, by: Actor, transfer: ServiceTransfer, on: date, version: int | None = None
) -> ServiceTransfer:
    """Both institutions run the service together from a day on."""
    current = _running(transfer, version)
    if current.phase != TransferPhase.INITIAL:
        raise RuleBroken("The shared management has begun already.")
    if on < current.agreed_on:
        raise RuleBroken("This is before the transfer was agreed.", field="on")
    current.phase, current.shared_since = TransferPhase.SHARED, on
    _save(current)
    _record(by, "assistance.transfer_shared", current, {"on": on.isoformat()})
    return current


@transaction.atomic
def complete_transfer(
    *, by: Actor, transfer: ServiceTransfer, on: date, version: int | None = None
) -> ServiceTransfer:
    """Self-management begins: every component accepted, the centre belongs to the new institution."""
    current = _running(transfer, version)
    if current.phase != TransferPhase.SHARED or current.shared_since is None:
        raise RuleBroken("Begin the shared management first.")
    open_ones = current.components.filter(accepted_on=None).count()
    if open_ones or not current.components.exists():
        raise RuleBroken("{n} components are not accepted yet.", n=open_ones)
    accepted = [day for day in current.components.values_list("accepted_on", flat=True) if day]
    last = max([current.shared_since, *accepted])
    if on < last:
        raise RuleBroken("This is before {last}, the day of the last step.", field="on", last=last)
    current.phase, current.completed_on = TransferPhase.SELF, on
    _save(current)
    move_centre(by=by, centre=current.centre, institution=current.target)
    _record(by, "assistance.transfer_completed", current, {"target": current.target.name})
    return current


@transaction.atomic
def drop_component(*, by: Actor, component: TransferComponent) -> None:
    """Take off the list what will not be handed over; what was handed stays."""
    current = _running(component.transfer)
    if component.handed_on:
        raise RuleBroken("It was handed over already and stays on the list.")
    _touched(by, "assistance.component_dropped", current, component)
    component.delete()


def _running(transfer: ServiceTransfer, version: int | None = None) -> ServiceTransfer:
    current = ServiceTransfer.objects.select_for_update().get(pk=transfer.pk)
    require_version(version, current.version)
    if current.completed_on:
        raise RuleBroken("This transfer is completed and can only be read.")
    return current


def _save(transfer: ServiceTransfer) -> None:
    transfer.version += 1
    transfer.save()


def _touched(
    by: Actor, action: str, transfer: ServiceTransfer, component: TransferComponent
) -> None:
    _record(by, action, transfer, {"component": component.pk, "kind": component.kind})


def _record(by: Actor, action: str, transfer: ServiceTransfer, changes: dict[str, object]) -> None:
    record(
        by=by, action=action, object_type="service_transfer", object_id=transfer.pk, changes=changes
    )
