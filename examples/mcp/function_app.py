"""An MCP server made of functions: `pystein-lsp start`, then connect a client to the endpoint that it prints."""

import json

import azure.functions as func

app = func.FunctionApp()

SNIPPET = [{"propertyName": "name", "propertyType": "string", "description": "The snippet's name.", "isRequired": True}]
CONTENT = [{"propertyName": "text", "propertyType": "string", "description": "The snippet.", "isRequired": True}]


@app.mcp_tool_trigger(
    arg_name="context",
    tool_name="save_snippet",
    description="Keeps a snippet under a name.",
    tool_properties=json.dumps(SNIPPET + CONTENT),
)
@app.blob_output(arg_name="file", path="snippets/{mcptoolargs.name}.txt", connection="AzureWebJobsStorage")
def save_snippet(context: str, file: func.Out[str]) -> str:
    """The tool's arguments are a part of the context, and names for the paths of other bindings."""
    arguments = json.loads(context)["arguments"]
    file.set(arguments["text"])
    return f"Kept {arguments['name']}."


@app.mcp_tool_trigger(
    arg_name="context",
    tool_name="get_snippet",
    description="Gives the snippet of a name.",
    tool_properties=json.dumps(SNIPPET),
)
@app.blob_input(arg_name="file", path="snippets/{mcptoolargs.name}.txt", connection="AzureWebJobsStorage")
def get_snippet(context: str, file: str) -> str:
    """Reads what the other tool has written."""
    return file or "There is no such snippet."


@app.mcp_tool()
@app.mcp_tool_property(arg_name="text", description="The text to look at.")
def count_words(text: str, longest: int = 0) -> str:
    """Counts the words of a text, or only those of up to so many letters."""
    words = [word for word in text.split() if not longest or len(word) <= longest]
    return f"{len(words)} words"


@app.mcp_resource_trigger(
    arg_name="context", uri="docs://{topic}", resource_name="docs", description="A page.", mime_type="text/markdown"
)
def docs(context: str) -> str:
    """A page for every topic."""
    topic = json.loads(context)["uri"].removeprefix("docs://")
    return f"# {topic.title()}\n\nEverything about {topic}."


@app.mcp_prompt_trigger(
    arg_name="context",
    prompt_name="review",
    description="Asks for a review.",
    prompt_arguments=[func.PromptArgument("code", "What to look at.", required=True)],
)
def review(context: func.PromptInvocationContext) -> str:
    """A message to begin with."""
    return f"Review this code, and name its mistakes first:\n\n{context.arguments['code']}"
