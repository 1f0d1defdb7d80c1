"""填报: templates for units to fill, and what is checked when they come back.

request  who is asked for what, and the token that says so
blank    columns, formats and drop-downs of a template; book writes one unit's workbook
public   what is known of an account's month from other sources
returned a file that came back, sheet by sheet; judge finds everything that is wrong with it
notice   退改通知: what a unit is to mend
events   who changed what, when and why, never overwritten
"""
