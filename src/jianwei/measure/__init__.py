"""Measures: raw numbers of each account or unit in a period, each from a SQL file to be read."""
