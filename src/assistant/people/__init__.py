"""Who uses the assistant, what each may do, and what each did."""

from assistant.people.accounts import Account, Accounts
from assistant.people.acting import acting, acting_as, only, require
from assistant.people.audit import Action, AuditLog, Entry
from assistant.people.audit_export import export_entries
from assistant.people.errors import NotAllowedError, PeopleError, SignInError
from assistant.people.masking import mask
from assistant.people.model import LOCAL, NOBODY, Person, Role
from assistant.people.register import People, open_people
from assistant.people.tokens import ApiToken, Scope

__all__ = [
    "LOCAL",
    "NOBODY",
    "Account",
    "Accounts",
    "Action",
    "ApiToken",
    "AuditLog",
    "Entry",
    "NotAllowedError",
    "People",
    "PeopleError",
    "Person",
    "Role",
    "Scope",
    "SignInError",
    "acting",
    "acting_as",
    "export_entries",
    "mask",
    "only",
    "open_people",
    "require",
]
