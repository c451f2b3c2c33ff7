import logging

import azure.functions as func

app = func.FunctionApp()


@app.route(route="news")
@app.service_bus_topic_output(arg_name="news", topic_name="news", connection="JobBus")
def tell(req: func.HttpRequest, news: func.Out[str]) -> func.HttpResponse:
    news.set(req.params.get("text"))
    return func.HttpResponse("told")
