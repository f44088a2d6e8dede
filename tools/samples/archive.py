"""Make the zip files that Office formats are independent of the moment they were written."""

import re
import zipfile
from datetime import date
from io import BytesIO

_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def fixed(package: bytes, day: date) -> bytes:
    """Return the Office ``package`` with every time stamp set to midnight UTC of ``day``.

    Entries are written in sorted order, except that ``[Content_Types].xml`` stays first as
    the Open Packaging Conventions advise.
    """
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return out.getvalue()
