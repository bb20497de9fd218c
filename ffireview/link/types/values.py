"""Integer constants as written, in C or Rust, evaluated without running anything."""

import re

LIMIT = 200
"""Characters; a longer expression is not looked at."""
_BITS = 64

_TOKEN = re.compile(
    r"\s*(?:(0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|\d[\d_]*)(?:[uUlLzZ]+|[iu](?:8|16|32|64|size))?\b"
    r"|'(.)'|([A-Za-z_]\w*)|(<<|>>|[-+*/%|&^~!()]))"
)
_LEVELS = (("|",), ("^",), ("&",), ("<<", ">>"), ("+", "-"), ("*", "/", "%"))


def evaluate(text: str, names: dict[str, int]) -> int | None:
    """The value of a constant expression over integers and known names; None when it is anything else."""
    tokens = _tokens(text, names)
    if not tokens:
        return None
    parser = _Parser(tokens)
    value = parser.level(0)
    return value if parser.done else None


def _tokens(text: str, names: dict[str, int]) -> list[int | str] | None:
    found: list[int | str] = []
    text = re.sub(r"\bas\s+\w+", "", text).strip()
    at = 0
    if len(text) > LIMIT:
        return None
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            return None
        number, char, name, operator = match.groups()
        if number is not None:
            found.append(_number(number))
        elif char is not None:
            found.append(ord(char))
        elif name is not None:
            if name not in names:
                return None
            found.append(names[name])
        else:
            found.append(operator)
        at = match.end()
        if not text[at:].strip():
            break
    return found


def _number(text: str) -> int:
    text = text.replace("_", "")
    if re.fullmatch(r"0[0-7]+", text):
        return int(text, 8)
    return int(text, 0)


class _Parser:
    def __init__(self, tokens: list[int | str]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def done(self) -> bool:
        return self._at == len(self._tokens)

    def level(self, level: int) -> int | None:
        if level == len(_LEVELS):
            return self._unary()
        left = self.level(level + 1)
        while left is not None and not self.done and self._tokens[self._at] in _LEVELS[level]:
            operator = self._tokens[self._at]
            self._at += 1
            right = self.level(level + 1)
            left = None if right is None else _apply(str(operator), left, right)
        return left

    def _unary(self) -> int | None:
        if self.done:
            return None
        found = self._tokens[self._at]
        self._at += 1
        if isinstance(found, int):
            return found
        if found == "(":
            value = self.level(0)
            if self.done or self._tokens[self._at] != ")":
                return None
            self._at += 1
            return value
        if found in ("-", "+", "~", "!"):
            value = self._unary()
            return None if value is None else {"-": -value, "+": value, "~": ~value, "!": int(not value)}[found]
        return None


def _apply(operator: str, left: int, right: int) -> int | None:
    if operator in ("<<", ">>"):
        if not 0 <= right < _BITS:
            return None
        return left << right if operator == "<<" else left >> right
    if operator in ("/", "%"):
        if right == 0:
            return None
        return int(left / right) if operator == "/" else left - int(left / right) * right
    return {"|": left | right, "^": left ^ right, "&": left & right, "+": left + right, "-": left - right,
            "*": left * right}[operator]  # fmt: skip
