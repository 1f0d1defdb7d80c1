"""Facts worth a sentence: each with its numbers, its definition and its address."""
