"""What operators' pages read: SELECTs that answer one question each, as values; nothing here writes."""
