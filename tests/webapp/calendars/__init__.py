"""Pages of calendars and clocks."""
