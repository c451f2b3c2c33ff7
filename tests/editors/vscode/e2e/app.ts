/** The app of the scenarios: one good function, and one with a planted mistake. */

export const FUNCTION_APP = `import logging

import azure.functions as func

app = func.FunctionApp()


@app.route(route="hello", auth_level=func.AuthLevel.ANONYMOUS)
def hello(req: func.HttpRequest) -> func.HttpResponse:
    logging.info("hello was called")
    return func.HttpResponse("Hello from the function")


@app.timer_trigger(arg_name="tiemr", schedule="0 */5 * * * *")
def purge(timer: func.TimerRequest) -> None:
    logging.info("purging")
`;

export const APP: Readonly<Record<string, string>> = {
  "function_app.py": FUNCTION_APP,
  "pystein-lsp.toml": 'ignore = ["app-not-indexed"]\n', // one mark for the one mistake
  "host.json": '{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}\n',
  "local.settings.json": '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "AzureWebJobsStorage": "UseDevelopmentStorage=true"}}\n',
};

/** With it no stubs are offered: where a picture is taken, and where messages are counted. */
export const STUBS = { "typings/azure/functions/_api/__init__.pyi": "" };

/** An interpreter that has what the functions need. */
export const PYTHON = process.env["E2E_PYTHON"] ?? "";

/** The user's settings where the interpreter is not the subject. */
export const SETTINGS = { "pystein.interpreter": PYTHON };

/** An app with a little of everything. */
export const SHOP_APP = `import json
import logging

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orders", methods=["POST"])
@app.queue_output(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def take_order(req: func.HttpRequest, order: func.Out[str]) -> func.HttpResponse:
    order.set(req.get_body().decode())
    logging.info("an order came in")
    return func.HttpResponse("accepted", status_code=202)


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="receipt", path="receipts/{rand-guid}.txt", connection="AzureWebJobsStorage")
def work_off(msg: func.QueueMessage, receipt: func.Out[str]) -> None:
    order = json.loads(msg.get_body())
    receipt.set(f"order {order['id']}: {order['total']}")
    logging.info("worked off order %s", order["id"])


@app.blob_trigger(arg_name="blob", path="receipts/{name}", connection="AzureWebJobsStorage")
def mail_receipt(blob: func.InputStream) -> None:
    logging.info("mailing %s", blob.name)


@app.timer_trigger(arg_name="timer", schedule="0 30 9 * * 1-5")
def tidy_up(timer: func.TimerRequest) -> None:
    logging.info("tidying up")
`;

export const SHOP: Readonly<Record<string, string>> = {
  ...APP,
  "function_app.py": SHOP_APP,
  "host.json":
    '{"version": "2.0", "extensions": {"queues": {"visibilityTimeout": "00:00:00.2", "maxDequeueCount": 2}}, "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}\n',
  "local.settings.json":
    '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "AzureWebJobsStorage": "UseDevelopmentStorage=true"}, "Host": {"LocalHttpPort": 0}}\n',
};

const LOCAL_BUS = "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;";

/** The shop with payments, and with approvals that take a while and wait in the end. */
export const DURABLE: Readonly<Record<string, string>> = {
  ...SHOP,
  "local.settings.json": JSON.stringify({
    IsEncrypted: false,
    Values: { FUNCTIONS_WORKER_RUNTIME: "python", AzureWebJobsStorage: "UseDevelopmentStorage=true", Bus: LOCAL_BUS },
    Host: { LocalHttpPort: 0 },
  }),
  "function_app.py": `${SHOP_APP.replace("import azure.functions", "import time\n\nimport azure.durable_functions as df\nimport azure.functions").replace("func.FunctionApp", "df.DFApp")}

@app.service_bus_queue_trigger(arg_name="message", queue_name="payments", connection="Bus")
@app.event_hub_output(arg_name="telemetry", event_hub_name="telemetry", connection="Bus")
def book_payment(message: func.ServiceBusMessage, telemetry: func.Out[str]) -> None:
    telemetry.set(message.get_body().decode())


@app.event_hub_message_trigger(arg_name="event", event_hub_name="telemetry", connection="Bus")
def measure(event: func.EventHubEvent) -> None:
    logging.info("measured %s", event.get_body().decode())


@app.route(route="approve", methods=["POST"])
@app.durable_client_input(client_name="client")
async def start_approval(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    instance_id = await client.start_new("approve_order", None, {"lines": 3})
    return client.create_check_status_response(req, instance_id)


@app.orchestration_trigger(context_name="context")
def approve_order(context: df.DurableOrchestrationContext):
    prices = yield context.task_all([context.call_activity("price_line", line) for line in range(3)])
    yield context.call_activity("ask_boss", sum(prices))
    approval = yield context.wait_for_external_event("Approval")
    return {"approved": approval, "total": sum(prices)}


@app.activity_trigger(input_name="line")
def price_line(line: int) -> int:
    time.sleep(0.2 + line / 5)
    return line * 10


@app.activity_trigger(input_name="total")
def ask_boss(total: int) -> str:
    time.sleep(0.1)
    return f"asked about {total}"
`,
  "requirements.txt": "azure-functions\nazure-functions-durable\n",
};
