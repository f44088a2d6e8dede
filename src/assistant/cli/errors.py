"""Errors that a user can put right; everything else is a fault and shows its trace."""


def known_errors() -> tuple[type[Exception], ...]:
    """Return the errors whose messages are Chinese sentences with a remedy.

    They are gathered only when one is raised: importing every room would make even
    ``assistant --help`` slow.
    """
    from assistant.corpus import CorpusError
    from assistant.evaluation import EvaluationError
    from assistant.index import (
        BuildRunningError,
        EmbeddingError,
        IndexMismatchError,
        IndexMissingError,
        IndexWriteError,
        IngestError,
        VectorStoreError,
    )
    from assistant.onboarding import PathError
    from assistant.people import PeopleError
    from assistant.procedures import ProcedureError
    from assistant.quiz import QuizError
    from assistant.retrieval import RerankerError
    from assistant.settings import SettingsError
    from assistant.ui.server import AddressError

    return (
        AddressError,
        BuildRunningError,
        CorpusError,
        EmbeddingError,
        EvaluationError,
        IndexMismatchError,
        IndexMissingError,
        IndexWriteError,
        IngestError,
        OSError,
        PathError,
        PeopleError,
        ProcedureError,
        QuizError,
        RerankerError,
        SettingsError,
        VectorStoreError,
    )
