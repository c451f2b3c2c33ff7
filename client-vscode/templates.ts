/** Functions to begin with, as snippets. Nothing here knows VS Code. */

export interface Template {
  readonly label: string;
  readonly detail: string;
  /** A function with its decorators in VS Code's snippet syntax; `APP` stands for the container's name. */
  readonly body: readonly string[];
  /** Whether the container has to be one of azure.durable_functions. */
  readonly durable?: true;
}

const STORAGE = "AzureWebJobsStorage";

export const TEMPLATES: readonly Template[] = [
  {
    label: "HTTP",
    detail: "answers requests",
    body: ['@APP.route(route="${2:hello}", methods=["GET"])', "def ${1:hello}(req: func.HttpRequest) -> func.HttpResponse:", '    return func.HttpResponse("${3:Hello}")'],
  },
  {
    label: "Timer",
    detail: "runs on a schedule",
    body: ['@APP.timer_trigger(arg_name="timer", schedule="${2:0 */5 * * * *}")', "def ${1:tick}(timer: func.TimerRequest) -> None:", '    logging.info("${3:It is time.}")'],
  },
  {
    label: "Queue",
    detail: "takes messages of a storage queue",
    body: [
      `@APP.queue_trigger(arg_name="msg", queue_name="\${2:orders}", connection="\${3:${STORAGE}}")`,
      "def ${1:work}(msg: func.QueueMessage) -> None:",
      '    logging.info("got %s", msg.get_body().decode())',
    ],
  },
  {
    label: "Queue output",
    detail: "a request becomes a message of a storage queue",
    body: [
      '@APP.route(route="${2:orders}", methods=["POST"])',
      `@APP.queue_output(arg_name="msg", queue_name="\${3:orders}", connection="\${4:${STORAGE}}")`,
      "def ${1:enqueue}(req: func.HttpRequest, msg: func.Out[str]) -> func.HttpResponse:",
      "    msg.set(req.get_body().decode())",
      "    return func.HttpResponse(status_code=202)",
    ],
  },
  {
    label: "Blob",
    detail: "runs when a blob is written",
    body: [
      `@APP.blob_trigger(arg_name="blob", path="\${2:uploads}/{name}", connection="\${3:${STORAGE}}")`,
      "def ${1:uploaded}(blob: func.InputStream) -> None:",
      '    logging.info("%s has %s bytes", blob.name, blob.length)',
    ],
  },
  {
    label: "Service Bus queue",
    detail: "takes messages of a Service Bus queue",
    body: [
      '@APP.service_bus_queue_trigger(arg_name="msg", queue_name="${2:orders}", connection="${3:ServiceBusConnection}")',
      "def ${1:receive}(msg: func.ServiceBusMessage) -> None:",
      '    logging.info("got %s", msg.get_body().decode())',
    ],
  },
  {
    label: "Service Bus topic",
    detail: "takes messages of a subscription",
    body: [
      '@APP.service_bus_topic_trigger(arg_name="msg", topic_name="${2:news}", subscription_name="${3:all}", connection="${4:ServiceBusConnection}")',
      "def ${1:receive_news}(msg: func.ServiceBusMessage) -> None:",
      '    logging.info("got %s", msg.get_body().decode())',
    ],
  },
  {
    label: "Event Hub",
    detail: "takes events of a hub",
    body: [
      '@APP.event_hub_message_trigger(arg_name="event", event_hub_name="${2:telemetry}", connection="${3:EventHubConnection}")',
      "def ${1:measure}(event: func.EventHubEvent) -> None:",
      '    logging.info("measured %s", event.get_body().decode())',
    ],
  },
  {
    label: "Event Grid",
    detail: "takes events of a topic",
    body: ['@APP.event_grid_trigger(arg_name="event")', "def ${1:notified}(event: func.EventGridEvent) -> None:", '    logging.info("%s: %s", event.event_type, event.get_json())'],
  },
  {
    label: "Cosmos DB",
    detail: "runs when documents change",
    body: [
      '@APP.cosmos_db_trigger(arg_name="documents", database_name="${2:shop}", container_name="${3:orders}", connection="${4:CosmosConnection}", create_lease_container_if_not_exists=True)',
      "def ${1:changed}(documents: func.DocumentList) -> None:",
      '    logging.info("%d changed", len(documents))',
    ],
  },
  {
    label: "Orchestration",
    detail: "an orchestrator with an activity and what starts it",
    durable: true,
    body: [
      '@APP.route(route="${4:start}", methods=["POST"])',
      '@APP.durable_client_input(client_name="client")',
      "async def ${3:start}(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:",
      '    instance_id = await client.start_new("${1:greet}")',
      "    return client.create_check_status_response(req, instance_id)",
      "",
      "",
      '@APP.orchestration_trigger(context_name="context")',
      "def ${1:greet}(context: df.DurableOrchestrationContext):",
      '    greeting = yield context.call_activity("${2:say_hello}", "world")',
      "    return greeting",
      "",
      "",
      '@APP.activity_trigger(input_name="name")',
      "def ${2:say_hello}(name: str) -> str:",
      '    return f"Hello {name}!"',
    ],
  },
];

/** A container of functions in a module: its variable and whether it knows durable functions. */
export interface Container {
  readonly name: string;
  readonly durable: boolean;
}

/** The last container that the text makes: functions are added at the end of the file. */
export function containerIn(text: string): Container | undefined {
  const found = [...text.matchAll(/^(\w+)\s*=\s*(?:\w+\.)*(FunctionApp|DFApp|Blueprint)\s*\(/gm)].at(-1);
  if (!found?.[1]) return undefined;
  const durable = found[2] === "DFApp" || (found[2] === "Blueprint" && /^(?:from|import) azure\.durable_functions/m.test(text));
  return { name: found[1], durable };
}

/** The template as a snippet for the end of a file, with the imports that the file lacks told beside it. */
export function snippet(template: Template, container: Container, text: string): { snippet: string; imports: string } {
  const body = template.body.map((line) => line.replaceAll("@APP.", `@${container.name}.`)).join("\n");
  const gap = text.trim() === "" ? "" : text.endsWith("\n\n\n") ? "" : text.endsWith("\n") ? "\n\n" : "\n\n\n";
  const needs = [
    { used: /\blogging\./.test(body), there: /^import logging\b/m.test(text), line: "import logging\n" },
    { used: /\bfunc\./.test(body), there: /\bfunc\b/.test(text), line: "import azure.functions as func\n" },
    { used: /\bdf\./.test(body), there: /\bdf\b/.test(text), line: "import azure.durable_functions as df\n" },
  ];
  const imports = needs.filter((each) => each.used && !each.there).map((each) => each.line).join("");
  return { snippet: `${gap}${body}\n`, imports };
}
