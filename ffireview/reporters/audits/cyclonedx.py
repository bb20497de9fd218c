"""A ledger as a CycloneDX 1.6 document with declarations: who says what of which site, on what grounds, until when."""

import json
from typing import Any

from ffireview import __version__
from ffireview.model.ledger import ACCEPTS, Audited, Verdict
from ffireview.reporters.styled import harmless

NAME = "cyclonedx"
_SUBJECT, _STANDARD, _REQUIREMENT = "subject", "standard", "requirement-sound"
_SCORES = {Verdict.SOUND: 1.0, Verdict.SOUND_WITH_CONDITIONS: 0.75, Verdict.UNCLEAR: 0.25, Verdict.UNSOUND: 0.0}


def render(subject: str, entries: tuple[Audited, ...]) -> str:
    """Entries that count: what was signed for other code says nothing of this."""
    kept = [one for one in entries if one.counts]
    people = sorted({one.entry.by for one in kept})
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "ffireview", "version": __version__}]},
            "component": {"type": "application", "bom-ref": _SUBJECT, "name": _text(subject)},
        },
        "definitions": {"standards": [_standard()]},
        "declarations": {
            "assessors": [_assessor(by, at) for at, by in enumerate(people)],
            "attestations": [_attestation(by, at, kept) for at, by in enumerate(people)],
            "claims": [_claim(one, at) for at, one in enumerate(kept)],
            "evidence": [_evidence(one, at) for at, one in enumerate(kept)],
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _standard() -> dict[str, Any]:
    requirement = {
        "bom-ref": _REQUIREMENT,
        "identifier": "sound",
        "title": "Every unsafe site is sound",
        "text": "Each obligation of each unsafe operation is met by a check, a caller's duty or an invariant.",
    }
    return {"bom-ref": _STANDARD, "name": "ffireview", "version": "1", "requirements": [requirement]}


def _assessor(by: str, at: int) -> dict[str, Any]:
    return {"bom-ref": f"assessor-{at}", "thirdParty": False, "organization": {"contact": [_contact(by)]}}


def _contact(by: str) -> dict[str, str]:
    name, _, mail = by.partition("<")
    contact = {"name": _text(name.strip() or by)}
    address = mail.rstrip(">").strip()
    return {**contact, "email": _text(address)} if address.isascii() and address.count("@") == 1 else contact


def _attestation(by: str, at: int, kept: list[Audited]) -> dict[str, Any]:
    own = [(number, one) for number, one in enumerate(kept) if one.entry.by == by]
    accepted = [f"claim-{number}" for number, one in own if one.entry.verdict in ACCEPTS]
    others = [f"claim-{number}" for number, one in own if one.entry.verdict not in ACCEPTS]
    mapped: dict[str, Any] = {"requirement": _REQUIREMENT}
    if accepted:
        mapped["claims"] = accepted
    if others:
        mapped["counterClaims"] = others
    score = min(_SCORES[one.entry.verdict] for _, one in own)
    mapped["conformance"] = {"score": score, "rationale": f"the worst of {len(own)} verdicts"}
    return {"summary": f"Audits of unsafe sites by {_text(by)}", "assessor": f"assessor-{at}", "map": [mapped]}


def _claim(one: Audited, at: int) -> dict[str, Any]:
    entry = one.entry
    named = "::".join(filter(None, [entry.owner, entry.name]))
    conditions = f"; under conditions: {'; '.join(entry.conditions)}" if entry.conditions else ""
    return {
        "bom-ref": f"claim-{at}",
        "target": _SUBJECT,
        "predicate": _text(f"{entry.verdict}: {entry.kind} {one.site} in {entry.path} ({named}){conditions}"),
        "reasoning": _text("; ".join(f"{name}: {text}" for name, text in sorted(entry.answers.items()))),
        "evidence": [f"evidence-{at}"],
    }


def _evidence(one: Audited, at: int) -> dict[str, Any]:
    entry = one.entry
    hashes = entry.hashes
    pairs = ("operation", "item", "contract", "peer", "context")
    found: dict[str, Any] = {
        "bom-ref": f"evidence-{at}",
        "propertyName": "ffireview:audit",
        "description": _text("; ".join(entry.evidence) or "read by the assessor"),
        "data": [{"name": name, "contents": {"attachment": {"content": getattr(hashes, name)}}} for name in pairs],
        "created": f"{entry.at}T00:00:00Z",
        "author": _contact(entry.by),
    }
    return {**found, "expires": f"{entry.expires}T00:00:00Z"} if entry.expires else found


def _text(text: str) -> str:
    return harmless(text)
