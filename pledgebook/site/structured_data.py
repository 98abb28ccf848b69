"""What search engines for datasets read: schema.org/Dataset as JSON-LD, taken from the description that the release has.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

_ALIKE = ["name", "alternateName", "description", "version", "datePublished", "license", "creator", "keywords"]


def dataset(croissant: Mapping[str, Any]) -> Markup:
    """The dataset as JSON-LD for a script element, from the `croissant.json` of its version."""
    files = [
        {
            "@type": "DataDownload",
            "name": file["name"],
            "encodingFormat": file["encodingFormat"],
            "contentUrl": f"data/{file['contentUrl']}",
        }
        for file in croissant["distribution"]
        if "contentUrl" in file
    ]
    told = {name: croissant[name] for name in _ALIKE if name in croissant}
    told |= {"@context": "https://schema.org/", "@type": "Dataset", "citation": croissant["citeAs"]}
    told |= {"isAccessibleForFree": True, "distribution": files}
    told["creator"] = {**told["creator"], "@type": "Organization"}
    # In a script element only this sign could end the data.
    return Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"))
