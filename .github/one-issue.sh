#!/usr/bin/env bash
# One open issue for what a weekly command finds: one-issue.sh TITLE COMMAND...
# Opened when the command fails, written to while it is open, closed when the command finds nothing any more. Needs `gh`.
set -euo pipefail
cd "$(dirname "$0")/.."
title=$1
shift
said=$(mktemp)
trap 'rm -f "$said" "$said.body"' EXIT

number() {
  gh issue list --state open --limit 1000 --json number,title --jq "map(select(.title == \"$title\"))[0].number // empty"
}

# The command and the packages that it loads are not handed the token.
if env -u GH_TOKEN "$@" >"$said" 2>&1; then
  cat "$said"
  open=$(number)
  if [ -n "$open" ]; then
    gh issue close "$open" --comment "The weekly job (\`$*\`) finds nothing any more."
  fi
  exit 0
fi
cat "$said"
{
  echo "The weekly job (\`$*\`) says:"
  echo
  echo '```'
  # An issue holds 65,536 characters at most.
  { grep "To mend:" "$said" || tail -n 20 "$said"; } | cut -c 1-500 | sed -n 1,120p
  echo '```'
} >"$said.body"
open=$(number)
if [ -n "$open" ]; then
  gh issue edit "$open" --body-file "$said.body"
else
  gh issue create --title "$title" --body-file "$said.body"
fi
exit 1
