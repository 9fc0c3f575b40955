def migrate(run, target, mapping):
    raise NotImplementedError
