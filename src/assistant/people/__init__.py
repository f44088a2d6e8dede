"""Who uses the assistant and what each may do."""

from assistant.people.model import LOCAL, Person, Role

__all__ = ["LOCAL", "Person", "Role"]
