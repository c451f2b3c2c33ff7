import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Nightly")
@app.schedule(schedule="0 0 3 * * *", arg_name="clock", run_on_startup=False, use_monitor=True)
def nightly(clock: func.TimerRequest) -> None:
    logging.info("late" if clock.past_due else "in time")
