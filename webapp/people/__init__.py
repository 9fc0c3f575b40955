"""People at work: one's own account, absence and deputies, rosters, dates of memberships, import, conflicts."""
