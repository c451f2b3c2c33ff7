"""Redis: jobs go into a list over HTTP, and a function takes them from there. The bindings have no decorators of their own."""

import json
import logging

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="jobs/{name}", methods=["POST"])
@app.generic_output_binding(arg_name="job", type="redis", connection="RedisConnection", command="RPUSH")
def add_job(req: func.HttpRequest, job: func.Out[str]) -> func.HttpResponse:
    """The arguments of the command, with blanks between them."""
    job.set(f"jobs {req.route_params['name']}")
    return func.HttpResponse("added", status_code=202)


@app.generic_trigger(
    arg_name="job", type="redisListTrigger", connection="RedisConnection", key="jobs", polling_interval_in_ms=100
)
@app.generic_output_binding(arg_name="last", type="redis", connection="RedisConnection", command="SET")
def work(job: str, last: func.Out[str]) -> None:
    """Takes one job after the other."""
    logging.info("working on %s", job)
    last.set(f"last-job {job}")


@app.route(route="last-job")
@app.generic_input_binding(arg_name="last", type="redis", connection="RedisConnection", command="GET last-job")
def last_job(req: func.HttpRequest, last: str) -> str:
    """What was worked on last."""
    return json.dumps({"last": last})
