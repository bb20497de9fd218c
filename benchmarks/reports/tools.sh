#!/bin/sh
# Other people's validators, into a folder outside of the checkout: tools.sh FOLDER. Needs node, npm and go.
set -eu
folder=${1:?usage: tools.sh FOLDER}
mkdir -p "$folder/npm"
cd "$folder/npm"
[ -f package.json ] || npm init -y >/dev/null
npm install --no-audit --no-fund \
  multitool-2.3.0@npm:@microsoft/sarif-multitool-linux@2.3.0 \
  multitool-2.4.16@npm:@microsoft/sarif-multitool-linux@2.4.16 \
  multitool-4.5.4@npm:@microsoft/sarif-multitool-linux@4.5.4 \
  multitool-5.7.0@npm:@microsoft/sarif-multitool-linux@5.7.0 \
  codeclimate-types@0.3.1 typescript@5 @actions/core@1
chmod u+x node_modules/multitool-*/Sarif.Multitool
GOPATH="$folder/go" GOCACHE="$folder/gocache" go install github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0
