"""How people hear of notifications, and what leaves by mail and webhook."""
