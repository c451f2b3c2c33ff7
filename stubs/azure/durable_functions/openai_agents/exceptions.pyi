from azure.durable_functions.models.Task import TaskBase

class YieldException(BaseException):
    task: TaskBase
    def __init__(self, task: TaskBase) -> None: ...
