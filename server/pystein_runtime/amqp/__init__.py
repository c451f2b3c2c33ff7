"""AMQP 1.0 as azure-servicebus and azure-eventhub speak it: codec, frames, links, and the endpoint over the local bus."""
