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

/** An interpreter that has what the functions need. */
export const PYTHON = process.env["E2E_PYTHON"] ?? "";

/** The user's settings where the interpreter is not the subject. */
export const SETTINGS = { "pystein.interpreter": PYTHON };
