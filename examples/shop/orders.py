"""Orders come by queue and leave as receipts; a report is written every night."""

import json
import logging

import azure.functions as func

orders = func.Blueprint()


@orders.queue_trigger(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
@orders.blob_output(arg_name="receipt", path="receipts/{id}.txt", connection="AzureWebJobsStorage")
@orders.queue_output(arg_name="parcel", queue_name="parcels", connection="AzureWebJobsStorage")
def take_order(order: func.QueueMessage, receipt: func.Out[str], parcel: func.Out[str]) -> None:
    """Write a receipt for an order and send its parcel on."""
    wanted = order.get_json()
    total = sum(line["price"] * line["count"] for line in wanted["lines"])
    logging.info("order %s comes to %d", wanted["id"], total)
    receipt.set(f"order {wanted['id']}: {total}")
    parcel.set(json.dumps({"order": wanted["id"], "pieces": sum(line["count"] for line in wanted["lines"])}))


@orders.timer_trigger(arg_name="timer", schedule="0 30 2 * * MON-FRI")
@orders.blob_output(arg_name="report", path="reports/latest.txt", connection="AzureWebJobsStorage")
def nightly_report(timer: func.TimerRequest, report: func.Out[str]) -> None:
    """Write a report on weekdays at half past two."""
    if timer.past_due:
        logging.warning("the report is late")
    report.set("all is well")
    logging.info("report written")
