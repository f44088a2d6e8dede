"""What can go wrong with accounts; every message is a Chinese sentence with a remedy."""


class PeopleError(Exception):
    """An account, password, role or token cannot be used as asked."""


class SignInError(PeopleError):
    """Nobody was signed in: the name or password is wrong, or the account is locked."""


class NotAllowedError(PeopleError):
    """The person's role does not cover what was asked for."""
