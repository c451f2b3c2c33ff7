"""From function.json projects, the v1 programming model, to decorators."""
