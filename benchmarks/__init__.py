"""Figures of speed and memory: `uv run python -m benchmarks.run`."""
