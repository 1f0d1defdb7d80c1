"""Shipped recipes, cohorts, rules, outlines, lexicons and reference figures: data only."""
