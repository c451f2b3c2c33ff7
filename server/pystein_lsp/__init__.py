"""Language server and checker for the Azure Functions Python v2 programming model."""

__version__ = "0.1.0"
