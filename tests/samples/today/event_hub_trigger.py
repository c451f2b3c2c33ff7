import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="CountClicks")
@app.event_hub_message_trigger(arg_name="click", event_hub_name="clicks", connection="ClickHub")
def count(click: func.EventHubEvent):
    logging.info(click.get_body().decode("utf-8"))
