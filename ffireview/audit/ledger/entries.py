"""A site and what a person says of it in, an entry out."""

from typing import Any

import msgspec

from ffireview.audit.ledger.hashes import Hasher
from ffireview.audit.ledger.successors import operations_of
from ffireview.model.ledger import AuditEntry, Verdict
from ffireview.model.program import Site


def entry_of(site: Site, hasher: Hasher, verdict: Verdict, by: str, at: str, **more: Any) -> AuditEntry:
    """What a person signs on a day. `more`: other fields of the entry."""
    return AuditEntry(
        site=site.id, kind=site.kind.value, path=site.span.path, owner=site.owner, name=site.name,
        operations=operations_of(site), verdict=verdict, by=by, at=at, hashes=hasher.hashes(site),
        sketches=hasher.sketches(site), **more,
    )  # fmt: skip


def confirmed(entry: AuditEntry, site: Site, hasher: Hasher, **more: Any) -> AuditEntry:
    """The entry for the site as it is now: the same verdict, answers, conditions and evidence. `more`: what differs."""
    values = msgspec.structs.asdict(entry)
    kept = {name: values[name] for name in ("answers", "conditions", "evidence", "assisted_by")}
    return entry_of(site, hasher, entry.verdict, **{"by": entry.by, "at": entry.at, **kept, **more})
