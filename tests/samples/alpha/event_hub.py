import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.event_hub_message_trigger(arg_name="msg", event_hub_name="in", connection="Hub")
@app.write_event_hub_message(arg_name="out", event_hub_name="out", connection="Hub")
def both(msg: func.EventHubEvent, out: func.Out[str]) -> None:
    logging.info("ran")
