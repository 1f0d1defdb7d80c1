"""Mathematics of composite indicators: pure functions on float64 arrays, NaN = missing.

A module is a stage (`missing scale combine order`), a function a verb or the name of a rule:
`scale.goalposts`, `combine.geometric`, `order.competition`. Rows are units, columns are parts.
Nothing here knows files, clocks or random state, and no BLAS call adds up a score.
"""
