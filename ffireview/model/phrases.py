"""What an effect is called, so that every report and every checklist says the same."""

from collections.abc import Iterable

from ffireview.model.effects import Effect, EffectKind

PHRASES = {
    EffectKind.FREES: "frees {own}",
    EffectKind.STORES: "keeps {own}{in_others}",
    EffectKind.CALLED: "calls {own}{with_others}",
    EffectKind.MAY_RETURN_NULL: "may return NULL{from_name}{where_null}",
    EffectKind.ERROR_POINTER: "may return an error pointer",
    EffectKind.RETURNS_ALLOCATED: "returns memory from {name}",
    EffectKind.RETURNS_STATIC_BUFFER: "returns a buffer shared by all calls ({name})",
    EffectKind.RETURNS_BORROWED: "returns a pointer that stays the callee's ({name})",
    EffectKind.LENGTH_OF: "takes {own} for the length of {others}",
    EffectKind.INDEX: "uses {own} as an index, not compared before",
    EffectKind.FORMAT: "uses {own} as a format",
    EffectKind.TERMINATED: "reads {own} up to a NUL",
    EffectKind.WRITES_THROUGH: "writes through {own}",
    EffectKind.DEREFERENCED_BEFORE_NULL_TEST: "uses {own} without a test against NULL",
    EffectKind.THROWS: "may throw",
    EffectKind.LONGJMP: "may jump away ({name})",
    EffectKind.SETJMP: "may be jumped back to ({name})",
    EffectKind.MAY_CALL_BACK: "may call back ({name})",
    EffectKind.STARTS_THREAD: "starts a thread ({name})",
    EffectKind.ABORTS: "may end the process ({name})",
    EffectKind.MAY_SLEEP: "may sleep ({name})",
    EffectKind.TAKES_LOCK: "takes a lock ({name})",
    EffectKind.USES_GLOBAL_STATE: "uses state that all threads share ({name})",
    EffectKind.NEGATIVE_ERRNO: "may return {name}",
    EffectKind.ALWAYS_RETURNS_CONSTANT: "always returns {name}",
    EffectKind.RETURNED: "returns {own}, or a pointer into it",
    EffectKind.NULL_TESTED: "tests {own} against NULL",
    EffectKind.SENTINEL: "may return {name}",
    EffectKind.READS_THROUGH: "reads through {own}",
    EffectKind.PASSED_ON: "hands {own} on to {name}",
}
"""For each kind, what is said of a parameter (`own`), the result, or the function as a whole; most telling first."""


def phrase(effect: Effect, own: str) -> str:
    """An effect in words; `own` is what the parameter is called."""
    others = arguments(effect.others)
    return PHRASES[effect.kind].format(
        own=own,
        name=effect.name,
        others=others,
        in_others=f" in {others}" if others else "",
        with_others=f" with {others}" if others else "",
        where_null=f" where {others} is NULL" if others else "",
        from_name=f" from {effect.name}" if effect.name else "",
    )


def arguments(indices: Iterable[int]) -> str:
    """`argument 1`, `arguments 1 and 3`, `the result`: a person counts from 1."""
    numbers = [str(i + 1) for i in sorted(set(indices)) if i >= 0]
    listed = " and ".join(filter(None, [", ".join(numbers[:-1]), *numbers[-1:]]))
    own = f"argument{'s' if len(numbers) > 1 else ''} {listed}" if numbers else ""
    return " and ".join(filter(None, [own, "the result" if -1 in indices else ""]))
