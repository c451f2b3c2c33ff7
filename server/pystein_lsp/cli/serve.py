"""`pystein-lsp` itself: the language server."""

from __future__ import annotations

import argparse
import gc
import logging
import sys

from pystein_lsp.cli import status

_LEVELS = ("error", "warning", "info", "debug")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the server."""
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="speak on standard input and output; the default")
    transport.add_argument("--tcp", type=_port, metavar="PORT", help="wait for one client on a port of 127.0.0.1")
    transport.add_argument(
        "--ws", type=_port, metavar="PORT", help="the same over WebSocket (needs the package websockets)"
    )
    parser.add_argument(
        "--log-level", choices=_LEVELS, default="warning", help="how much is logged; warning by default"
    )
    parser.add_argument("--log-file", metavar="FILE", help="where it is logged; standard error by default")


def run(args: argparse.Namespace) -> int:
    """Serve until the client says `exit` or goes away."""
    if args.tcp is None and args.ws is None and sys.stdin is not None and sys.stdin.isatty():
        print("pystein-lsp: waiting for an editor on standard input; `pystein-lsp --help` says more", file=sys.stderr)
    _log_to(args.log_file, args.log_level)
    gc.disable()  # what is imported stays: collecting in between is a sixth of the start
    from pystein_lsp.lsp import server, sockets, stdio  # noqa: PLC0415 (only the server needs pygls)

    gc.enable()
    try:
        if args.tcp is not None:
            return server.serve(lambda protocol: sockets.serve_tcp(protocol, args.tcp))
        if args.ws is not None:
            return server.serve(lambda protocol: sockets.serve_ws(protocol, args.ws))
    except ImportError as error:
        raise status.UnusableError("--ws needs the package websockets: pip install 'pygls[ws]'") from error
    except OSError as error:
        raise status.UnusableError(f"port {args.tcp or args.ws} cannot be used: {error.strerror}") from error
    source, sink = stdio.claim_streams()
    return server.serve(lambda protocol: stdio.serve(protocol, source), stdio.Sink(sink))


def _port(text: str) -> int:
    if text.isdigit() and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no port; one is a number from 0 (any free one) to 65535")


def _log_to(file: str | None, level: str) -> None:
    try:
        handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise status.UnusableError(f"--log-file: {file}: {error.strerror}") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # it logs what users type and what settings hold
    logging.getLogger("asyncio").setLevel(logging.WARNING)
