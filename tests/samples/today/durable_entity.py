import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.entity_trigger(context_name="context")
def purse(context):
    coins = context.get_state(lambda: 0)
    if context.operation_name == "put":
        coins += context.get_input()
    context.set_state(coins)
    context.set_result(coins)
