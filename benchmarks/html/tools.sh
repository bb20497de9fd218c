#!/bin/sh
# What the checks of the HTML report need, into a folder outside of the checkout: tools.sh FOLDER. Needs node and npm.
# The browser is Debian's: apt-get install chromium.
set -eu
folder=${1:?usage: tools.sh FOLDER}
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || npm init -y >/dev/null
npm install --no-audit --no-fund playwright-core@1.65.1 axe-core@4.14.1
