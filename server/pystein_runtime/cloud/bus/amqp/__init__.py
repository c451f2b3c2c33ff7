"""The broker's endpoint: what clients say over AMQP 1.0, as azure-servicebus and azure-eventhub speak it, and what it answers."""
