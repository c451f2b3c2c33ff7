"""What the values of parameters mean, each under the name of what it is.

A name that starts with `Watched` belongs to a trigger: there are no data yet that `{expressions}` could use.
"""

import sys
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from azure.functions._api.markers import Choice, Value
from azure.functions.decorators.core import (
    AccessRights,
    AuthLevel,
    BlobSource,
    Cardinality,
    DataType,
    McpPropertyType,
)
from azure.functions.decorators.http import HttpMethod
from azure.functions.decorators.kafka import (
    BrokerAuthenticationMode,
    BrokerProtocol,
    KafkaMessageKeyType,
    OAuthBearerMethod,
)
from azure.functions.decorators.openai import InputType
from typing_extensions import TypeAlias

# Names
ArgName: TypeAlias = Annotated[str, Value("arg_name")]
RequestName: TypeAlias = Annotated[str, Value("arg_name", direction="in")]
ResponseName: TypeAlias = Annotated[str, Value("arg_name", direction="out")]
FunctionName: TypeAlias = Annotated[str, Value("function_name")]
ActivityName: TypeAlias = Annotated[str, Value("activity_name", settings=True)]
OrchestratorName: TypeAlias = Annotated[str, Value("orchestrator_name", settings=True)]
EntityName: TypeAlias = Annotated[str, Value("entity_name", settings=True)]

# Text, by what is replaced in it
SettingText: TypeAlias = Annotated[str, Value(settings=True)]
Text: TypeAlias = Annotated[str, Value(settings=True, expressions=True)]
SettingName: TypeAlias = Annotated[str, Value("setting")]
Json: TypeAlias = Annotated[str, Value("json")]
JsonOrSetting: TypeAlias = Annotated[str, Value("json", settings=True)]
Uri: TypeAlias = Annotated[str, Value("uri")]
TimeSpan: TypeAlias = Annotated[str, Value("time_span")]
Cron: TypeAlias = Annotated[str, Value("cron", settings=True)]
Route: TypeAlias = Annotated[str, Value("route")]
Sql: TypeAlias = Annotated[str, Value("sql", settings=True, expressions=True)]

# Places in Azure Storage
WatchedQueue: TypeAlias = Annotated[str, Value("queue", settings=True)]
Queue: TypeAlias = Annotated[str, Value("queue", settings=True, expressions=True)]
WatchedBlobPath: TypeAlias = Annotated[str, Value("blob_path", settings=True)]
BlobPath: TypeAlias = Annotated[str, Value("blob_path", settings=True, expressions=True)]
Table: TypeAlias = Annotated[str, Value("table", settings=True, expressions=True)]

# Names of queues, topics, hubs, databases and containers of other services
WatchedEntity: TypeAlias = Annotated[str, Value("entity", settings=True)]
Entity: TypeAlias = Annotated[str, Value("entity", settings=True, expressions=True)]
BrokerList: TypeAlias = Annotated[str, Value("broker_list", settings=True)]

# Connections: the name of an app setting, never the connection string
BlobConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        settings=True,
        default_setting="AzureWebJobsStorage",
        identity=("blobServiceUri", "serviceUri", "accountName"),
    ),
]
BlobTriggerConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        settings=True,
        default_setting="AzureWebJobsStorage",
        identity=("blobServiceUri", "queueServiceUri", "serviceUri", "accountName"),
    ),
]
QueueConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        settings=True,
        default_setting="AzureWebJobsStorage",
        identity=("queueServiceUri", "serviceUri", "accountName"),
    ),
]
TableConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        settings=True,
        default_setting="AzureWebJobsStorage",
        identity=("tableServiceUri", "endpoint", "serviceUri", "accountName"),
    ),
]
DurableConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        default_setting="AzureWebJobsStorage",
        identity=("blobServiceUri", "queueServiceUri", "tableServiceUri", "accountName"),
    ),
]
ServiceBusConnection: TypeAlias = Annotated[
    str,
    Value(
        "connection",
        settings=True,
        default_setting="AzureWebJobsServiceBus",
        identity=("fullyQualifiedNamespace",),
    ),
]
EventHubConnection: TypeAlias = Annotated[
    str, Value("connection", settings=True, identity=("fullyQualifiedNamespace",))
]
CosmosConnection: TypeAlias = Annotated[
    str, Value("connection", settings=True, default_setting="CosmosDB", identity=("accountEndpoint",))
]
CosmosV3Connection: TypeAlias = Annotated[str, Value("connection", settings=True, default_setting="CosmosDB")]
EventGridConnection: TypeAlias = Annotated[str, Value("connection", settings=True, identity=("topicEndpointUri",))]
StringConnection: TypeAlias = Annotated[str, Value("connection")]
ChatConnection: TypeAlias = Annotated[
    str, Value("connection", default_setting="AzureWebJobsStorage", identity=("tableServiceUri",))
]
SearchConnection: TypeAlias = Annotated[
    str, Value("connection", settings=True, expressions=True, identity=("endpoint",))
]
StoreConnection: TypeAlias = Annotated[str, Value("connection", identity=("endpoint",))]

# Members of enums, as such or by name
DataTypeName: TypeAlias = Annotated[
    DataType
    | Literal[
        "UNDEFINED", "STRING", "BINARY", "STREAM",
        "Undefined", "String", "Binary", "Stream",
        "undefined", "string", "binary", "stream",
    ],
    Choice(DataType),
]  # fmt: skip
AuthLevelName: TypeAlias = Annotated[
    AuthLevel
    | Literal[
        "FUNCTION", "ANONYMOUS", "ADMIN", "Function", "Anonymous", "Admin", "function", "anonymous", "admin"
    ],
    Choice(AuthLevel),
]  # fmt: skip
AppAuthLevelName: TypeAlias = Annotated[
    AuthLevel | Literal["FUNCTION", "ANONYMOUS", "ADMIN"], Choice(AuthLevel, ignore_case=False)
]
if sys.version_info >= (3, 13):
    MethodName: TypeAlias = Literal[
        "GET", "POST", "DELETE", "HEAD", "PATCH", "PUT", "OPTIONS", "QUERY",
        "Get", "Post", "Delete", "Head", "Patch", "Put", "Options", "Query",
        "get", "post", "delete", "head", "patch", "put", "options", "query",
    ]  # fmt: skip
else:
    MethodName: TypeAlias = Literal[
        "GET", "POST", "DELETE", "HEAD", "PATCH", "PUT", "OPTIONS",
        "Get", "Post", "Delete", "Head", "Patch", "Put", "Options",
        "get", "post", "delete", "head", "patch", "put", "options",
    ]  # fmt: skip
Methods: TypeAlias = Annotated[Iterable[HttpMethod | MethodName], Value("methods"), Choice(HttpMethod)]
One: TypeAlias = Annotated[Literal[Cardinality.ONE, "ONE", "One", "one"], Choice(Cardinality)]
Many: TypeAlias = Annotated[Literal[Cardinality.MANY, "MANY", "Many", "many"], Choice(Cardinality)]
AccessRightsName: TypeAlias = Annotated[
    AccessRights | Literal["MANAGE", "LISTEN", "Manage", "Listen", "manage", "listen"], Choice(AccessRights)
]
BlobSourceName: TypeAlias = Annotated[
    BlobSource | Literal["EventGrid", "LogsAndContainerScan"],
    Choice(BlobSource, texts=("EventGrid", "LogsAndContainerScan")),
]
if sys.version_info >= (3, 13):
    from azure.functions.decorators.core import CosmosDBChangeFeedMode

    ChangeFeedModeName: TypeAlias = Annotated[
        CosmosDBChangeFeedMode | Literal["LatestVersion", "AllVersionsAndDeletes"],
        Choice(CosmosDBChangeFeedMode, texts=("LatestVersion", "AllVersionsAndDeletes")),
    ]
else:
    ChangeFeedModeName: TypeAlias = Literal["LatestVersion", "AllVersionsAndDeletes"]
PropertyType: TypeAlias = Annotated[McpPropertyType, Choice(McpPropertyType, texts=())]
AuthenticationModeName: TypeAlias = Annotated[
    BrokerAuthenticationMode
    | Literal[
        "NOTSET", "GSSAPI", "PLAIN", "SCRAMSHA256", "SCRAMSHA512",
        "NotSet", "Gssapi", "Plain", "ScramSha256", "ScramSha512",
        "notset", "gssapi", "plain", "scramsha256", "scramsha512",
    ],
    Choice(BrokerAuthenticationMode),
]  # fmt: skip
ProtocolName: TypeAlias = Annotated[
    BrokerProtocol
    | Literal[
        "NOTSET", "PLAINTEXT", "SSL", "SASLPLAINTEXT", "SASLSSL",
        "NotSet", "Plaintext", "Ssl", "SaslPlaintext", "SaslSsl",
        "notset", "plaintext", "ssl", "saslplaintext", "saslssl",
    ],
    Choice(BrokerProtocol),
]  # fmt: skip
KeyTypeName: TypeAlias = Annotated[
    KafkaMessageKeyType
    | Literal[
        "INT", "LONG", "STRING", "BINARY", "Int", "Long", "String", "Binary", "int", "long", "string", "binary"
    ],
    Choice(KafkaMessageKeyType),
]  # fmt: skip
BearerMethodName: TypeAlias = Annotated[
    OAuthBearerMethod | Literal["DEFAULT", "OIDC", "Default", "Oidc", "default", "oidc"], Choice(OAuthBearerMethod)
]
HttpType: TypeAlias = Literal["function", "asgi", "wsgi"]
EmbeddingsInput: TypeAlias = Annotated[
    InputType | Literal["RawText", "FilePath", "Url", "rawText", "filePath", "url"],
    Choice(InputType, texts=("RawText", "FilePath", "Url")),
]
Extra: TypeAlias = dict[str, Any]
