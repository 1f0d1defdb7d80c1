"""Mathematics of composite indicators: pure functions on float64 arrays, NaN = missing.

A module is a stage, a function a verb or the name of a rule: `missing.group_mean`,
`outlier.winsorise`, `scale.goalposts`, `weigh.judged`, `combine.geometric`, `pairwise.copeland`,
`order.competition`, `coherence.cronbach`. Rows are units, columns are parts.
Nothing here knows files, clocks or random state, and no BLAS call adds up a score.
"""
