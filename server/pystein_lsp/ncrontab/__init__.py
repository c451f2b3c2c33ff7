"""Schedules of timer triggers: reading, explaining and computing NCRONTAB expressions as the Functions host does."""
