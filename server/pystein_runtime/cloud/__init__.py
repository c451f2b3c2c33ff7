"""The local cloud: storage services in process, kept in one SQLite file under the app's `.pystein/`."""
