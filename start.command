#!/bin/bash
# Opens the lessons after a double click (macOS; Linux where the desktop runs such a file).
cd "$(dirname "$0")" || exit 1
PATH=$PATH:/usr/local/bin:/opt/homebrew/bin # a double click may know fewer folders than a terminal

for python in python3 python3.14 python3.13 python3.12 python3.11; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$python" kit.py "$@"
    code=$?
    break
  fi
done

if [ -z "${code+set}" ]; then
  echo "The kit needs Python 3.11 or newer. Get it at python.org/downloads, then double-click this file again."
  echo "De kit heeft Python 3.11 of nieuwer nodig. Haal het op bij python.org/downloads en dubbelklik daarna opnieuw."
  code=1
fi
if [ "$code" != 0 ] && [ -t 0 ]; then # what went wrong stays on the screen
  read -r -p "Enter: close / sluiten "
fi
exit "$code"
