"""Kafka: clients over confluent-kafka (the extra `kafka`), and the local broker that librdkafka has inside."""
