import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="HearNews")
@app.service_bus_topic_trigger(arg_name="news", topic_name="news", subscription_name="readers", connection="JobBus")
def hear(news: func.ServiceBusMessage):
    logging.info(news.get_body().decode("utf-8"))
