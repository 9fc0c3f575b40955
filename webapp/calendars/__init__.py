"""Business calendars: a year at a glance, what falls due when, changing hours and holidays."""
