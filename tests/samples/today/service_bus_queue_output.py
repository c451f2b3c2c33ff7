import logging

import azure.functions as func

app = func.FunctionApp()


@app.route(route="jobs")
@app.service_bus_queue_output(arg_name="job", queue_name="jobs", connection="JobBus")
def give(req: func.HttpRequest, job: func.Out[str]) -> str:
    job.set("job")
    return "given"
