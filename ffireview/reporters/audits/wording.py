"""What a site lacks, in words."""

from ffireview.model.ledger import Lack, Shortfall

_LACKS = {
    Lack.UNSIGNED: "nobody signed",
    Lack.STALE: "what was signed is not so any more",
    Lack.REJECTED: "somebody says that it is not sound",
    Lack.TOO_FEW: "too few people signed",
    Lack.OWN_WORK: "only its authors signed",
}


def lack_of(one: Shortfall) -> str:
    """What a site lacks, in words; raw text of whoever signed is in it."""
    states = f" ({', '.join(one.states)})" if one.states and one.lack is not Lack.REJECTED else ""
    people = f", {one.signed} of {one.people} people" if one.people > 1 else ""
    return f"{_LACKS[one.lack]}{': ' if one.rejected else ''}{', '.join(one.rejected)}{people}{states}"
