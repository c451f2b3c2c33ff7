import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.event_grid_trigger(arg_name="msg")
@app.write_event_grid(
    arg_name="out",
    topic_endpoint_uri="TopicUri",
    topic_key_setting="TopicKey")
def both(msg: func.EventGridEvent, out: func.Out[func.EventGridOutputEvent]) -> None:
    logging.info("ran")
