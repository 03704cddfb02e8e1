"""What waits for whom: the parts of "my work today" that cases and consultations give."""

from yanapay.assistance.models import Case


def cases_of(user_id: int) -> int:
    """How many standing cases a user answers for."""
    return Case.objects.standing().filter(responsible=user_id).count()
