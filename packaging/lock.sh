#!/bin/sh
# Resolve pyproject.toml anew into packaging/lock/dev.txt, for every platform, with hashes.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --output-file packaging/lock/dev.txt "$@"
