"""Change the settings file from the command line."""

import json
import re
from pathlib import Path

from assistant.settings import config_file


def write_setting(name: str, value: str) -> Path:
    """Set ``name`` in the settings file, which is made if it does not exist.

    The rest of the file, comments included, stays as it is.

    Returns:
        The file.

    Raises:
        OSError: it cannot be written.
    """
    path = config_file()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    changed, found = re.subn(
        rf"^{re.escape(name)}[ \t]*=.*$", lambda _: line, text, count=1, flags=re.MULTILINE
    )
    # Names before the first table belong to no table, so a new line goes first.
    path.write_text(changed if found else f"{line}\n{text}", encoding="utf-8")
    return path
