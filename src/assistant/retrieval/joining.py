"""The words that join the parts of citations."""

import re

JOIN = r"\s*[、,和与及或以至到~—–-]+\s*"
"""Regular expression source of what stands between two numbers."""
RANGE = re.compile(r"[至到~—–-]")
LONGEST_RANGE = 30
"""Numbers further apart than this are no range."""
# Words that may stand between the name of a document and the number of its article.
BETWEEN = re.compile(
    r"[\s的中里之,、:“”\"'和与及或以至到~—–-]*(?:规定的?|中的|里的|里面的?)?[\s,]*"
)
