"""The published registry (名册): frozen Arrow tables of units, accounts, regions and populations.

`registry` publishes a version after each change; everything below it reads versions from a
folder and never starts Django. Contacts never reach a roster.
"""

from jianwei.roster.published import ACCOUNTS, Roster

__all__ = ["ACCOUNTS", "Roster"]
