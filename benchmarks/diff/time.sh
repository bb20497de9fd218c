#!/usr/bin/env bash
# Times `ffireview diff BASE..HEAD` on a git tree, with an empty cache and with a full one, beside what git takes for the same
# two commits. README.md says more.
#
#     benchmarks/diff/time.sh TREE [BASE..HEAD]
#
# ROUNDS (5), FFIREVIEW (of .venv, else of PATH) and PYTHON (python3) may be set.
set -euo pipefail

tree=${1:?usage: time.sh TREE [BASE..HEAD]}
range=${2:-HEAD~1..HEAD}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${ROUNDS:-5}
python=${PYTHON:-python3}
ffireview=${FFIREVIEW:-$here/../../.venv/bin/ffireview}
[[ -x $ffireview ]] || ffireview=$(command -v ffireview) || { echo 'no ffireview; run make demo, or set FFIREVIEW' >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command_of() { # NAME, and the command on standard input: a script whose name is what the table shows
  { echo '#!/usr/bin/env bash'; cat; } >"$work/$1"
  chmod +x "$work/$1"
}
printf -v quoted '%q ' "$ffireview" diff "$range" "$tree" -q --top 0
printf -v git '%q ' git --no-pager -C "$tree" diff "$range"
command_of git-diff-raw <<<"exec ${git} --raw"
command_of git-diff-stat <<<"exec ${git} --stat"
command_of git-diff <<<"exec ${git}"
command_of warm <<<"FFIREVIEW_CACHE=$work/cache exec ${quoted}"
command_of without-cache <<<"exec ${quoted} --no-cache"
command_of cold <<<"rm -rf $work/empty; FFIREVIEW_CACHE=$work/empty exec ${quoted}"

"$python" "$here/../kernel/timing.py" --rounds "$rounds" \
  "$work/git-diff-raw" --and "$work/git-diff-stat" --and "$work/git-diff" --and "$work/warm" --and "$work/cold" \
  --and "$work/without-cache"
printf '\n'
du -h "$work/cache"/* | cut -f1 | sed 's/^/the cache takes /'
"$work/warm"
