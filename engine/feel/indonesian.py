INDONESIAN: dict[str, str] = {}
