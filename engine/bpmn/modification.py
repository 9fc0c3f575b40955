def modify(run, cancel, start_before, variables):
    raise NotImplementedError
