"""CycloneDX documents of `ffireview audit export` through the validator of cyclonedx-python-lib, which must also reject
spoilt ones. In an environment of its own, with `pip install 'cyclonedx-python-lib[json-validation]'`:

    python benchmarks/ledger/validate.py FILE..

Exit code 1: a document is wrong, or a spoilt one was accepted.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

SPOILS: dict[str, Callable[[dict[str, Any]], object]] = {
    "an unknown key": lambda d: d["declarations"].update(surprise=1),
    "a score above 1": lambda d: d["declarations"]["attestations"][0]["map"][0]["conformance"].update(score=2),
    "a day that is no moment": lambda d: d["declarations"]["evidence"][0].update(created="yesterday"),
    "a requirement without a name": lambda d: d["definitions"]["standards"][0]["requirements"][0].update(identifier=1),
}


def main(paths: list[str]) -> int:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    failed = False
    for path in paths:
        text = Path(path).read_text(encoding="utf-8")
        fault = validator.validate_str(text)
        print(f"{path}: {fault or 'valid'}")
        failed |= fault is not None
        for name, spoil in SPOILS.items():
            document = json.loads(text)
            spoil(document)
            rejected = validator.validate_str(json.dumps(document)) is not None
            print(f"  {name}: {'rejected' if rejected else 'ACCEPTED'}")
            failed |= not rejected
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
