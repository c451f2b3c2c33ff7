from azure.functions._durable_functions import df_dumps, df_loads

__all__ = ["df_dumps", "df_loads"]
