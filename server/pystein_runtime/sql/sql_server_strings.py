"""Connection strings of .NET as the ODBC driver under mssql-python takes them, and what the driver says in plain words.

Names and values: Microsoft.Data.SqlClient, `SqlConnectionStringBuilder`, and "Using Connection String Keywords with
Microsoft ODBC Driver for SQL Server".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .connection_strings import first

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = ("server", "datasource", "address", "addr", "networkaddress")
"""What the server is called by, in lower case without blanks, as `connection_strings.parts` has names."""
_NAMES = {
    **dict.fromkeys(SERVER, "Server"),
    **dict.fromkeys(("database", "initialcatalog"), "Database"),
    **dict.fromkeys(("uid", "userid", "user"), "UID"),
    **dict.fromkeys(("pwd", "password"), "PWD"),
    **dict.fromkeys(("trustedconnection", "trusted_connection", "integratedsecurity"), "Trusted_Connection"),
    "authentication": "Authentication", "encrypt": "Encrypt", "trustservercertificate": "TrustServerCertificate",
    "hostnameincertificate": "HostnameInCertificate", "servercertificate": "ServerCertificate", "serverspn": "ServerSPN",
    "multisubnetfailover": "MultiSubnetFailover", "applicationintent": "ApplicationIntent",
    "connectretrycount": "ConnectRetryCount", "connectretryinterval": "ConnectRetryInterval", "packetsize": "PacketSize",
    "ipaddresspreference": "IpAddressPreference",
}  # fmt: skip
_OURS = {
    "applicationname", "app", "workstationid", "wsid", "persistsecurityinfo", "multipleactiveresultsets", "pooling",
    "maxpoolsize", "minpoolsize", "loadbalancetimeout", "connectionlifetime", "poolblockingperiod", "enlist",
    "transactionbinding", "typesystemversion", "userinstance", "failoverpartner", "replication", "currentlanguage",
    "language", "commandtimeout", "connecttimeout", "connectiontimeout", "timeout", "columnencryptionsetting",
    "attestationprotocol", "enclaveattestationurl", "asynchronousprocessing", "contextconnection", "driver",
}  # fmt: skip
"""What concerns .NET's client alone, or is handed on otherwise."""
_SWITCHES = {"Trusted_Connection", "Encrypt", "TrustServerCertificate", "MultiSubnetFailover"}
_VALUES = {"true": "yes", "false": "no", "sspi": "yes", "mandatory": "yes", "optional": "no"}
_CODES = {
    "0x2749": "nobody answers there (connection refused)",
    "0x274c": "no answer in time",
    "0x2af9": "there is no such host",
    "0x2afc": "there is no such host",
    "0x2746": "the connection was reset",
}
"""Errors of sockets, by the numbers that the driver has for them on every system."""
_CODE = re.compile(r"error code (0x[0-9a-f]+)", re.IGNORECASE)
_DRIVER = (
    "Its libraries are missing on this machine (Debian: apt-get install libltdl7 libkrb5-3 libgssapi-krb5-2; Alpine: apk"
    " add libtool krb5-libs; macOS: brew install openssl)"
)


def for_driver(known: Mapping[str, str]) -> str:
    """A connection string for the driver. A name that neither .NET nor the driver has is handed on: the driver says so.

    Args:
        known: its parts, as `connection_strings.parts` gives them.
    """
    found: dict[str, str] = {}
    for name, value in known.items():
        if name in _OURS:
            continue
        plain = _NAMES.get(name, name)
        if plain in _SWITCHES:
            found[plain] = _VALUES.get(value.lower(), value)
        elif plain == "Authentication":
            found[plain] = value.replace(" ", "")
        else:
            found.setdefault(plain, value)
    return ";".join(f"{name}={_quoted(value)}" for name, value in found.items())


def seconds(known: Mapping[str, str]) -> int | None:
    """How long connecting may take; None where the connection string does not say."""
    text = first(known, "connecttimeout", "connectiontimeout", "timeout")
    return int(text) if text.isdecimal() and int(text) > 0 else None


def explained(text: str) -> str:
    """What the driver says, in one line, with the meaning of numbers that stand for one."""
    plain = " ".join(text.split()).rstrip(".")
    code = _CODE.search(plain)
    meaning = _CODES.get(code[1].lower()) if code else None
    if meaning:
        return f"{meaning}; {plain}"
    return f"{plain}. {_DRIVER}" if "Failed to load the driver" in plain else plain


def _quoted(value: str) -> str:
    if not value or (value == value.strip() and not set(value) & set(";={}")):
        return value
    return "{" + value.replace("}", "}}") + "}"
