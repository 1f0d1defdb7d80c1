"""Intake: one file per source format → model rows and Issues; what cannot be taken goes to quarantine."""

from jianwei.intake.sniff import read, sniff
from jianwei.intake.source import Batch, Options, Refused, Source

__all__ = ["Batch", "Options", "Refused", "Source", "read", "sniff"]
