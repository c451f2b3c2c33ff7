"""AMQP 1.0 as bytes: types, messages, and the frames of a connection. Knows no broker."""
