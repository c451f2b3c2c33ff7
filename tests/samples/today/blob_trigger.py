import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="ResizePicture")
@app.blob_trigger(arg_name="picture", path="pictures/{file}", connection="AzureWebJobsStorage")
def resize(picture: func.InputStream):
    logging.info("%s has %s bytes", picture.name, picture.length)
