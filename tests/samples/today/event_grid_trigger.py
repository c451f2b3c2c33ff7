import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="OnEvent")
@app.event_grid_trigger(arg_name="event")
@app.event_grid_output(arg_name="answer", topic_endpoint_uri="TopicUri", topic_key_setting="TopicKey")
def on_event(event: func.EventGridEvent, answer: func.Out[func.EventGridOutputEvent]) -> None:
    logging.info(event.id)
