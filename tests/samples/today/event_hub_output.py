import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="SendClick")
@app.route(route="clicks")
@app.event_hub_output(arg_name="click", event_hub_name="clicks", connection="ClickHub")
def send(req: func.HttpRequest, click: func.Out[str]) -> str:
    click.set(req.get_body().decode("utf-8"))
    return "sent"
