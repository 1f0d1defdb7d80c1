"""The chapters of 综合影响力报告, one small function a file: facts in, blocks out."""
