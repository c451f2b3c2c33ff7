"""Queries as people write them. Expected results are those of Microsoft's reference and of the service."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.cloud.cosmos.sql import functions
from pystein_runtime.cloud.cosmos.sql.errors import QueryError
from pystein_runtime.cloud.cosmos.sql.run import condition, plan

FAMILIES = [
    {
        "id": "Andersen",
        "lastName": "Andersen",
        "children": [
            {"firstName": "Henriette", "gender": "female", "grade": 5, "pets": [{"givenName": "Fluffy"}]},
        ],
        "address": {"state": "WA", "county": "King", "city": "Seattle"},
        "creationDate": 1431620472,
        "isRegistered": True,
        "tags": ["a", "b"],
    },
    {
        "id": "Wakefield",
        "children": [
            {"familyName": "Merriam", "firstName": "Jesse", "grade": 1, "pets": [{"givenName": "Goofy"}, {"givenName": "Shadow"}]},
            {"familyName": "Miller", "firstName": "Lisa", "grade": 8},
        ],
        "address": {"state": "NY", "county": "Manhattan", "city": "NY"},
        "creationDate": 1431620462,
        "isRegistered": False,
        "tags": [],
    },
]  # fmt: skip


def query(text: str, documents: list[Any] | None = None, **parameters: Any) -> list[Any]:
    values = {f"@{name}": value for name, value in parameters.items()}
    return list(plan(text, values).run(FAMILIES if documents is None else documents))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * FROM c WHERE c.id = 'Andersen'", [FAMILIES[0]]),
        ("SELECT c.id FROM c", [{"id": "Andersen"}, {"id": "Wakefield"}]),
        ("SELECT VALUE c.id FROM c", ["Andersen", "Wakefield"]),
        ('SELECT c["address"]["city"] FROM c', [{"city": "Seattle"}, {"city": "NY"}]),
        ("SELECT c.lastName AS name, c.address.state s FROM c", [{"name": "Andersen", "s": "WA"}, {"s": "NY"}]),
        ("SELECT {'state': c.address.state} AS here FROM c", [{"here": {"state": "WA"}}, {"here": {"state": "NY"}}]),
        ("SELECT [c.id, c.missing] FROM c", [{"$1": ["Andersen"]}, {"$1": ["Wakefield"]}]),
        ("SELECT c.id, 1+1, c.tags[0] FROM c", [{"id": "Andersen", "$1": 2, "$2": "a"}, {"id": "Wakefield", "$1": 2}]),
        ("SELECT VALUE 2", [2]),
        ("SELECT 2 AS two, 'x'", [{"two": 2, "$1": "x"}]),
        ("SELECT * FROM Families.address.state", ["WA", "NY"]),
        ("SELECT * FROM Families.children[0]", [FAMILIES[0]["children"][0], FAMILIES[1]["children"][0]]),
        ("SELECT VALUE child.firstName FROM child IN Families.children", ["Henriette", "Jesse", "Lisa"]),
        ("SELECT VALUE COUNT(child) FROM child IN Families.children", [3]),
        (
            "SELECT f.id AS family, p.givenName FROM Families f JOIN c IN f.children JOIN p IN c.pets",
            [
                {"family": "Andersen", "givenName": "Fluffy"},
                {"family": "Wakefield", "givenName": "Goofy"},
                {"family": "Wakefield", "givenName": "Shadow"},
            ],
        ),
        ("SELECT VALUE c.id FROM c JOIN (SELECT VALUE t FROM t IN c.tags WHERE t = 'b')", ["Andersen"]),
        ("SELECT t, c.id FROM c JOIN (SELECT VALUE t FROM t IN c.tags WHERE t > 'a') AS t", [{"t": "b", "id": "Andersen"}]),
        ("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE x FROM x IN c.children WHERE x.grade > 7)", ["Wakefield"]),
        ("SELECT VALUE ARRAY(SELECT VALUE x.grade FROM x IN c.children) FROM c", [[5], [1, 8]]),
        ("SELECT VALUE (SELECT VALUE COUNT(1) FROM x IN c.children) FROM c", [1, 2]),
        ("SELECT (SELECT MAX(x.grade) AS best FROM x IN c.children) AS s FROM c WHERE c.isRegistered", [{"s": {"best": 5}}]),
        ("SELECT TOP 1 * FROM c", [FAMILIES[0]]),
        ("SELECT VALUE c.id FROM c ORDER BY c.creationDate", ["Wakefield", "Andersen"]),
        ("SELECT VALUE c.id FROM c ORDER BY c.isRegistered DESC, c.id ASC", ["Andersen", "Wakefield"]),
        ("SELECT VALUE c.id FROM c ORDER BY c.id OFFSET 1 LIMIT 1", ["Wakefield"]),
        ("SELECT DISTINCT VALUE LENGTH(c.id) > 100 FROM c", [False]),
        ("select value c.id from c where c.id in ('Andersen', 'x') and not c.missing", []),
        ("SELECT VALUE c.id FROM c WHERE c.creationDate BETWEEN 1431620463 AND 1431620472", ["Andersen"]),
        ("SELECT VALUE c.id FROM c WHERE c.id NOT IN ('Andersen')", ["Wakefield"]),
        ("SELECT VALUE c.id FROM c WHERE c.id NOT LIKE '%sen'", ["Wakefield"]),
        ("SELECT VALUE c.id FROM c WHERE c.id LIKE 'W_kef[a-j]eld'", ["Wakefield"]),
        ("SELECT VALUE c.lastName ?? 'none' FROM c", ["Andersen", "none"]),
        ("SELECT VALUE c.isRegistered ? 'yes' : 'no' FROM c", ["yes", "no"]),
        ("SELECT VALUE c.id || '!' FROM c -- a comment\nWHERE c.lastName != null", ["Andersen!"]),
        ("SELECT COUNT(1) AS n, c.isRegistered AS r FROM c GROUP BY c.isRegistered", [{"n": 1, "r": True}, {"n": 1, "r": False}]),
        ("SELECT VALUE AVG(x.grade) FROM c JOIN x IN c.children", [14 / 3]),
        ("SELECT SUM(x.grade) AS s, MIN(x.grade) AS l, MAX(x.grade) AS m FROM x IN c.children", [{"s": 14, "l": 1, "m": 8}]),
        ("SELECT VALUE COUNT(1) FROM c WHERE false", [0]),
        ("SELECT VALUE MAX(c.x) FROM c", []),
        ("SELECT VALUE {x: c.id, 'y z': [1, {}]} FROM c WHERE c.id = \"Andersen\"", [{"x": "Andersen", "y z": [1, {}]}]),
        ("SELECT VALUE ROOT.id FROM ROOT", ["Andersen", "Wakefield"]),
    ],
)  # fmt: skip
def test_query(text: str, expected: list[Any]) -> None:
    assert query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 - 4 / 2", 5),
        ("10 / 4", 2.5),
        ("-7 % 4", -3),
        ("1 / 0", None),
        ("'a' + 'b'", None),
        ("'a' || 'b'", "ab"),
        ("5 & 3", 1),
        ("5 | 3", 7),
        ("5 ^ 3", 6),
        ("1 << 4", 16),
        ("-1 >>> 28", 15),
        ("~5", -6),
        ("1 = 1.0", True),
        ("true = 1", False),
        ("'1' = 1", False),
        ("'1' != 1", True),
        ("'1' < 2", None),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("null = null", True),
        ("undefined = undefined", None),
        ("undefined ?? null ?? 1", "null"),
        ("NOT undefined", None),
        ("false AND undefined", False),
        ("true OR undefined", True),
        ("true AND undefined", None),
        ("NOT (1 = 2) AND 3 > 2", True),
        ("1 IN (2, 1)", True),
        ("'x' BETWEEN 'a' AND 'z'", True),
        ("'50%' LIKE '50!%' ESCAPE '!'", True),
        (r"'it\'s \u00e9'", "it's é"),
        ("0xFF", 255),
        ("1.5e3", 1500),
        ("637134336000000000 + 1", 637134336000000001),
        ("1e300 * 1e300", None),
        ("ABS(-3)", 3),
        ("CEILING(1.2) + FLOOR(1.8)", 3),
        ("ROUND(2.5) + ROUND(-2.5)", 0),
        ("ROUND(3.14159, 2)", 3.14),
        ("POWER(2, 10)", 1024),
        ("SQRT(-1)", None),
        ("TRUNC(-2.7)", -2),
        ("INTDIV(7, -2)", -3),
        ("NUMBERBIN(37.5, 10)", 30),
        ("CONCAT('a', 'b', 'c')", "abc"),
        ("CONTAINS('Hello', 'ELL', true)", True),
        ("STARTSWITH('Hello', 'he')", False),
        ("ENDSWITH('Hello', 'LO', true)", True),
        ("INDEX_OF('abcabc', 'c', 3)", 5),
        ("SUBSTRING('Hello', 1, 3)", "ell"),
        ("LEFT('Hello', 2) || RIGHT('Hello', 2)", "Helo"),
        ("REPLACE('aXbX', 'X', '-')", "a-b-"),
        ("REPLICATE('ab', 3)", "ababab"),
        ("REVERSE('abc')", "cba"),
        ("TRIM('  a ')", "a"),
        ("UPPER('a') || LOWER('B')", "Ab"),
        ("REGEXMATCH('Hello 42', '^h.*\\\\d+$', 'i')", True),
        ("STRINGEQUALS('a', 'A', true)", True),
        ("STRINGTONUMBER('12.5')", 12.5),
        ("STRINGTOARRAY('[1, {\"a\": null}]')", [1, {"a": None}]),
        ("STRINGTOOBJECT('[]')", None),
        ("TOSTRING({a: [1, true]})", '{"a":[1,true]}'),
        ("STRINGSPLIT('a,b', ',')", ["a", "b"]),
        ("IS_DEFINED(undefined)", False),
        ("IS_NULL(null)", True),
        ("IS_NUMBER(true)", False),
        ("IS_PRIMITIVE([])", False),
        ("IS_INTEGER(3)", True),
        ("IIF(1 > 0, 'y', 'n')", "y"),
        ("ARRAY_CONTAINS([{a: 1, b: 2}], {a: 1}, true)", True),
        ("ARRAY_CONTAINS([{a: 1, b: 2}], {a: 1})", False),
        ("ARRAY_LENGTH([1, 2])", 2),
        ("ARRAY_SLICE([1, 2, 3, 4], -3, 2)", [2, 3]),
        ("ARRAY_CONCAT([1], [2])", [1, 2]),
        ("SETUNION([1, 2], [2, 3])", [1, 2, 3]),
        ("SETINTERSECT([1, 2], [2, 3])", [2]),
        ("OBJECTTOARRAY({a: 1})", [{"k": "a", "v": 1}]),
        ("CHOOSE(2, 'a', 'b')", "b"),
        ("DATETIMEADD('mm', 1, '2020-01-31T10:00:00Z')", "2020-02-29T10:00:00.0000000Z"),
        ("DATETIMEDIFF('day', '2020-01-01T23:00:00Z', '2020-01-02T01:00:00Z')", 1),
        ("DATETIMEPART('year', '2020-01-31')", 2020),
        ("DATETIMEFROMPARTS(2017, 4, 20, 13, 15, 20, 3456789)", "2017-04-20T13:15:20.3456789Z"),
        ("DATETIMETOTIMESTAMP('2020-07-09')", 1594252800000),
        ("TIMESTAMPTODATETIME(1594227912345)", "2020-07-08T17:05:12.3450000Z"),
        ("DATETIMEBIN('2021-06-28T17:24:29.2991234Z', 'mi', 15)", "2021-06-28T17:15:00.0000000Z"),
        ("IS_STRING(GETCURRENTDATETIME())", True),
        ("ROUND(ST_DISTANCE({type: 'Point', coordinates: [0, 0]}, {type: 'Point', coordinates: [0, 1]}) / 1000)", 111),
        ("ROUND(VECTORDISTANCE([1, 0], [1, 1]), 3)", 0.707),
    ],
)  # fmt: skip
def test_expression(text: str, expected: Any) -> None:
    """`None`: undefined, which is no result; 'null' is null."""
    found = query(f"SELECT VALUE {text}")
    assert found == ([] if expected is None else [None if expected == "null" else expected])


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("c.p = 'x' AND 5 = c.a.b AND c.n > 1", {("p",): "x", ("a", "b"): 5}),
        ("(c.p = @p AND c.q = null) AND true", {("p",): "given", ("q",): None}),
        ('c["p"] = "x"', {("p",): "x"}),
        ("c.p = 'x' OR c.n = 1", {}),
        ("NOT (c.p = 'x')", {}),
        ("c.p = c.q", {}),
        ("t.p = 'x'", {}),
    ],
)
def test_what_a_query_gives_one_value(where: str, expected: dict[tuple[str, ...], Any]) -> None:
    """So that only the documents of one partition key, or of one id, are looked at."""
    text = f"SELECT VALUE c FROM c JOIN t IN c.l WHERE {where}"
    assert plan(text, {"@p": "given"}).constants == expected
    assert (
        plan(
            f"SELECT * FROM c.l WHERE {where.replace('t.', 'l.').replace('c.', 'l.').replace('c[', 'l[')}", {"@p": ""}
        ).constants
        == {}
    )


def test_parameters() -> None:
    text = "SELECT VALUE c.id FROM c WHERE c.id = @id OR ARRAY_CONTAINS(@more, c.id) ORDER BY c.id OFFSET @skip LIMIT @take"
    assert query(text, id="Andersen", more=["Wakefield"], skip=1, take=5) == ["Wakefield"]
    assert query("SELECT VALUE @x.a[0]", x={"a": [7]}) == [7]


def test_order_of_types() -> None:
    values = ["text", 3, None, {"a": 1}, [1], True, False, -1]
    found = query("SELECT VALUE c.v FROM c ORDER BY c.v", [{"v": value} for value in values])
    assert found == [None, False, True, -1, 3, "text", [1], {"a": 1}]


def test_undefined_comes_first_in_order() -> None:
    documents = [{"id": "1", "v": None}, {"id": "2"}, {"id": "3", "v": 0}]
    assert query("SELECT VALUE c.id FROM c ORDER BY c.v", documents) == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("SELEC * FROM c", "SC1001", "Syntax error, incorrect syntax near 'SELEC'."),
        ("SELECT * FROM c WHERE", "SC1001", "unexpected end"),
        ("SELECT * FROM c WHERE c.id = 'x", "SC1012", "invalid string literal"),
        ("SELECT x.id FROM c", "SC2001", "Identifier 'x' could not be resolved."),
        ("SELECT NOSUCH(c.id) FROM c", "SC2005", "'NOSUCH' is not a recognized built-in function name."),
        ("SELECT udf.tax(c.x) FROM c", "SC2005", "User-defined functions"),
        ("SELECT LOWER(c.id, 2, 3) FROM c", "SC2050", "wrong number of arguments"),
        ("SELECT * FROM c JOIN x IN c.a", "SC2040", "single input set"),
        ("SELECT c.a, c.b AS a FROM c", "SC2010", "not unique"),
        ("SELECT VALUE 1 FROM c JOIN c IN c.a", "SC2011", "more than once"),
        ("SELECT TOP -1 * FROM c", "SC1001", "incorrect syntax near '-'"),
        ("SELECT * FROM c WHERE c.x = @missing", "SC2021", "@missing"),
        ("SELECT * FROM c WHERE COUNT(1) > 1", "SC2100", "WHERE"),
        ("SELECT * FROM c; DROP", "SC1010", "';'"),
    ],
)
def test_refused(text: str, code: str, message: str) -> None:
    with pytest.raises(QueryError) as found:
        query(text)
    assert (found.value.code, message in str(found.value)) == (code, True), str(found.value)


def test_many_conditions() -> None:
    text = "SELECT VALUE c.id FROM c WHERE " + " OR ".join(f"(c.id = 'x{n}' AND c.p = {n})" for n in range(2000))
    assert query(text, [{"id": "x1999", "p": 1999}]) == ["x1999"]


@pytest.mark.parametrize(
    "text",
    ["(" * 500 + "1" + ")" * 500, "NOT " * 500 + "true", "-" * 500 + "1", "[" * 500, "+1" * 9000, "1" + "+1" * 9000],
)
def test_too_deep_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"nested expressions|Syntax error"):
        query(f"SELECT VALUE {text}")


def test_joins_without_end_are_refused() -> None:
    text = "SELECT VALUE COUNT(1) FROM c JOIN a IN c.l JOIN b IN c.l JOIN d IN c.l"
    assert query(text, [{"l": list(range(50))}]) == [125_000]
    with pytest.raises(QueryError, match="too many rows"):
        query(text, [{"l": list(range(200))}])


def test_condition_of_a_patch() -> None:
    accepts = condition("from c where c.price > 10")
    assert accepts({"price": 11})
    assert not accepts({"price": "11"})


WORDS = ["SELECT", "VALUE", "*", "c", ".", "id", "FROM", "WHERE", "AND", "NOT", "IN", "(", ")", "[", "]", "{", "}", ":", ",", "=",
         "<", "1", "'x'", "@p", "ORDER", "BY", "GROUP", "TOP", "DISTINCT", "OFFSET", "LIMIT", "JOIN", "COUNT", "LIKE", "??", "?",
         "BETWEEN", "EXISTS", "ARRAY", "-", "||", "null", "undefined", "AS"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_words_give_rows_or_a_refusal(words: list[str]) -> None:
    with contextlib.suppress(QueryError):
        json.dumps(query("SELECT " + " ".join(words), p=1))


EXPRESSIONS = st.recursive(
    st.sampled_from(["undefined", "null", "1", "'x'", "c", "c.id", "c.none", "c.children", "@p"]),
    lambda inner: st.one_of(
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{a: {}, b: {}}}".format, inner, inner),
        st.builds("({} ?? {})".format, inner, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("({} = {})".format, inner, inner),
        st.builds("ARRAY(SELECT VALUE {} FROM x IN c.children)".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(sorted(functions._ALL)), inner, inner),
        st.builds("{}({})".format, st.sampled_from(sorted(functions._ALL)), inner),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_values_are_json(expression: str) -> None:
    """Whatever is undefined within is left out."""
    with contextlib.suppress(QueryError):
        for text in (
            f"SELECT VALUE {expression} FROM c",
            f"SELECT {expression} AS x, MAKESET({expression}) AS y FROM c",
        ):
            assert "undefined" not in repr(query(text, p={"a": [1]}))
            json.dumps(query(text, p={"a": [1]}), allow_nan=False)


@given(st.text(max_size=40))
def test_any_text_gives_rows_or_a_refusal(text: str) -> None:
    with contextlib.suppress(QueryError):
        query(text)
