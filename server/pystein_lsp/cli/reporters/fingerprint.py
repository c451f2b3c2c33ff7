"""What tells a finding apart from others when its line has moved, for services that compare one run with the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from pystein_lsp.cli.report import Found


def fingerprints(found: Iterable[Found], paths: Iterable[str]) -> list[str]:
    """One for each finding: of its rule, its file as shown, its function and its line's text; equal ones are numbered."""
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for each, path in zip(found, paths, strict=True):
        key = (each.code, path, each.function or "", "".join(each.source.split()))
        seen[key] += 1
        text = "\0".join([*key, str(seen[key])])
        result.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return result
