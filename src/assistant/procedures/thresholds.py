"""The local amounts that statutes leave open."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as 较大数额 at the bureau's place, in yuan; None where nothing is set.

    Attributes:
        fine_person: fines on a person, from this amount on.
        fine_organisation: fines on a legal person or other organisation.
        confiscation: confiscated gains or goods.
    """

    fine_person: Decimal | None = None
    fine_organisation: Decimal | None = None
    confiscation: Decimal | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Thresholds":
        """Return the amounts of the settings."""
        return cls(
            settings.large_fine_person,
            settings.large_fine_organisation,
            settings.large_confiscation,
        )
