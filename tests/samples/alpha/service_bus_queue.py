import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.service_bus_queue_trigger(arg_name="msg", queue_name="in", connection="Bus")
@app.write_service_bus_queue(arg_name="out", connection="Bus", queue_name="out")
def both(msg: func.ServiceBusMessage, out: func.Out[str]) -> None:
    logging.info("ran")
