import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.service_bus_topic_trigger(arg_name="msg", topic_name="in", connection="Bus", subscription_name="mine")
@app.write_service_bus_topic(arg_name="out", connection="Bus", topic_name="out", subscription_name="mine")
def both(msg: func.ServiceBusMessage, out: func.Out[str]) -> None:
    logging.info("ran")
