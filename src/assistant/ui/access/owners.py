"""Whose page a browser's session name belongs to, so that nobody borrows another's."""

import threading
from collections import OrderedDict

from assistant.people import Person

_KEPT = 20_000


class Owners:
    """The names that pages opened lately go by, and the people who opened them."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def admits(self, session: str, person: Person) -> bool:
        """Return whether a person may use a session name; the first to use it owns it."""
        with self._lock:
            owner = self._owners.setdefault(session, person.name)
            self._owners.move_to_end(session)
            while len(self._owners) > _KEPT:
                self._owners.popitem(last=False)
            return owner == person.name
