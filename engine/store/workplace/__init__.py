"""What people's pages read: inbox, task, records, notifications. Only reads; one file per page."""
