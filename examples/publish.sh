#!/bin/sh
# Publishes a folder of drafts: each becomes Markdown, HTML and an EPUB.
#
#     sh examples/publish.sh drafts/ public/
#
# A draft with a loose end (a marker without its note, a note that nothing cites, an address that was lost) stops the
# script: --strict turns remarks into exit code 1. To publish it all the same, set STRICT to nothing:
#
#     STRICT= sh examples/publish.sh drafts/ public/
#
# POSTIL names the program, if it is not on the PATH.
set -eu

drafts=${1:?"usage: publish.sh DRAFTS PUBLIC"}
public=${2:?"usage: publish.sh DRAFTS PUBLIC"}
postil=${POSTIL:-postil}
strict=${STRICT---strict}

published=0
failed=0
mkdir -p "$public"

for draft in "$drafts"/*.txt "$drafts"/*.md; do
    # A pattern that matches nothing stands for itself.
    [ -f "$draft" ] || continue
    name=$(basename "$draft")
    name=${name%.*}
    echo "publishing $draft"

    # The Markdown comes first: if the draft has a loose end, nothing else is made of it.
    # $strict is one word or none, so it is not quoted.
    if ! "$postil" "$draft" -o "$public/$name.md" --report "$public/$name.report.json" $strict; then
        echo "  not published: see the remarks above, and $public/$name.report.json" >&2
        failed=$((failed + 1))
        continue
    fi
    for format in html epub; do
        "$postil" "$draft" -o "$public/$name.$format" -q
        echo "  $public/$name.$format"
    done
    echo "  $public/$name.md"
    published=$((published + 1))
done

echo "$published published, $failed not published"
[ "$failed" -eq 0 ]
