"""What was asked: conversations of each person, their opinion of answers, work and usage."""

from assistant.records.feedback import Feedback, WorkEntry
from assistant.records.model import Complaint, Entry, RecordsError, Talk, Vote
from assistant.records.talks import Talks
from assistant.records.usage import Cited, Day, Usage, usage_of

__all__ = [
    "Cited",
    "Complaint",
    "Day",
    "Entry",
    "Feedback",
    "RecordsError",
    "Talk",
    "Talks",
    "Usage",
    "Vote",
    "WorkEntry",
    "usage_of",
]
