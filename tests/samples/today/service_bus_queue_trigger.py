import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="TakeJob")
@app.service_bus_queue_trigger(arg_name="job", queue_name="jobs", connection="JobBus")
def take(job: func.ServiceBusMessage):
    logging.info(job.get_body().decode("utf-8"))
