#!/usr/bin/env bash
# Fails when a day is past, and tells it in one issue: opened the first time, written to afterwards. Needs `gh`.
set -euo pipefail
cd "$(dirname "$0")/.."
title="Facts, help lines or pages are due to be read again"
said=$(mktemp)
trap 'rm -f "$said" "$said.body"' EXIT
if make dates >"$said" 2>&1; then
  echo "Nothing is past its day."
  exit 0
fi
cat "$said"
{
  echo "The weekly job (\`make dates\`) found what is past its day:"
  echo
  echo '```'
  grep "To mend:" "$said" || tail -n 20 "$said"
  echo '```'
} >"$said.body"
number=$(gh issue list --state open --search "in:title \"$title\"" --json number,title --jq "map(select(.title == \"$title\"))[0].number // empty")
if [ -n "$number" ]; then
  gh issue edit "$number" --body-file "$said.body"
else
  gh issue create --title "$title" --body-file "$said.body"
fi
exit 1
