#!/usr/bin/env bash
# One comment on a pull request about its preview, kept up to date. Needs `gh` and these, all from GitHub itself:
# GITHUB_REPOSITORY, SHA (the commit that was built), RESULT (success or failure), RUN (the address of the run's page).
# Nothing that the build made is read: a contributor's code has made it.
set -euo pipefail
marker="<!-- preview -->"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
repository=${GITHUB_REPOSITORY:?} commit=${SHA:?} result=${RESULT:?} run=${RUN:?}
if [[ ! $commit =~ ^[0-9a-f]{40}$ ]]; then
  echo "SHA is no commit: $commit"
  exit 1
fi

# The comment's parts, in order; a further part is one more function.
outcome() {
  if [ "$result" = success ]; then
    echo "**The preview of this change is built.** (Commit ${commit:0:12}.)"
  else
    echo "**The preview of this change could not be built.** (Commit ${commit:0:12}.)"
    echo
    echo "What is wrong, and how to mend it, is at the end of the log of [this run]($run)."
  fi
}
where() {
  [ "$result" = success ] || return 0
  cat <<END

1. Open [the page of the run]($run#artifacts), and download \`preview\` under "Artifacts". You have to be signed in.
2. Unpack the file.
3. Open \`offline/index.html\` in your browser. (\`site/\` is the same for a web server.)

The file stays there for 14 days.
END
}
warning() {
  echo
  echo "It is a preview of a change that nobody has checked yet, not medical information."
}

{
  echo "$marker"
  outcome
  where
  warning
} >"$body"

# Open pull requests whose newest commit is this one: none, when there is a newer one already.
numbers=$(gh api --paginate "repos/$repository/pulls?state=open&per_page=100" --jq ".[] | select(.head.sha == \"$commit\") | .number")
if [ -z "$numbers" ]; then
  echo "No open pull request ends with $commit."
fi
for number in $numbers; do
  mine=".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\"))) | .id"
  ids=$(gh api --paginate "repos/$repository/issues/$number/comments?per_page=100" --jq "$mine")
  if [ -n "$ids" ]; then
    gh api --silent --method PATCH "repos/$repository/issues/comments/${ids%%$'\n'*}" --field "body=@$body"
  else
    gh api --silent --method POST "repos/$repository/issues/$number/comments" --field "body=@$body"
  fi
done
