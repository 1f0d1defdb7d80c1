# The developer's front door: `just` lists what there is. Without just: `uvx --from rust-just just`.

# list what can be done
default:
    @just --list --unsorted

# lint, types and tests: what to run before a commit
check: lint types test

# tests; arguments go to pytest: `just test tests/lake -x`
test *arguments:
    uv run pytest {{ arguments }}

# ruff: rules and format
lint:
    uv run ruff check
    uv run ruff format --check

# mend what ruff can mend
fix:
    uv run ruff check --fix
    uv run ruff format

# mypy, strict
types:
    uv run mypy

# everything CI does, on this checkout
ci:
    bash .ci/run

# the main job: a workspace with a finished report in out/
demo folder="out":
    uv run jianwei demo {{ folder }}

# figures of speed and memory; `just bench startup` runs one; add --write to keep them
bench *arguments:
    uv run python -m benchmarks.run {{ arguments }}

# resolve the dependencies anew and export them with hashes and without addresses
lock:
    uv lock --upgrade
    uv export --quiet --no-emit-project --no-dev --no-header --no-annotate -o requirements.txt
    cd frontend && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

# make the assets folder (fonts, maps, charts) again
assets:
    rm -rf src/jianwei/assets
    uv sync --reinstall-package jianwei

# wheel and sdist in dist/
build:
    uv build
