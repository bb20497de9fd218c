#!/usr/bin/env bash
# Times `ffireview scan` and `ffireview boundary` on a Linux source tree against one search with ripgrep for the same
# names, takes the peak memory, and checks that every call of a binding has found its C side. README.md says more.
#
#     benchmarks/kernel/measure.sh TREE
#
# ROUNDS (5), FFIREVIEW (of .venv, else of PATH) and PYTHON (python3) may be set. Exit code 1: a call has no C side.
set -euo pipefail

tree=${1:?usage: measure.sh TREE, the unpacked linux-source-6.12}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${ROUNDS:-5}
python=${PYTHON:-python3}
ffireview=${FFIREVIEW:-$here/../../.venv/bin/ffireview}
[[ -x $ffireview ]] || ffireview=$(command -v ffireview) || { echo 'no ffireview; run make demo, or set FFIREVIEW' >&2; exit 2; }
command -v rg >/dev/null || { echo 'no rg; install ripgrep' >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$ffireview" boundary "$tree" -q -f json:"$work/boundary.json"
"$python" "$here/calls.py" names "$work/boundary.json" >"$work/names"
printf '%s names of both sides\n\n' "$(wc -l <"$work/names")"

"$python" "$here/timing.py" --rounds "$rounds" \
  rg -l -w -F -f "$work/names" "$tree" \
  --and "$ffireview" scan "$tree" --top 0 -q \
  --and "$ffireview" boundary "$tree" -q

"$python" "$here/calls.py" check "$work/boundary.json" "$tree"
