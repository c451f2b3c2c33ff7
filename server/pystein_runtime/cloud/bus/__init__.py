"""The local cloud's broker for Service Bus and Event Hubs: functions over the store, in process and under the wire."""
