from azure.functions._durable_functions import df_dumps as df_dumps, df_loads as df_loads

__all__ = ["df_dumps", "df_loads"]
