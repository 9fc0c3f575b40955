def validate(process, findings):
    pass
