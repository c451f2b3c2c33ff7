"""Functions that write and read a table of products, by which several databases are tried."""

from __future__ import annotations

PUT = """
import json

@app.route(route="put", methods=["POST"])
@app.sql_output(arg_name="out", command_text="dbo.Products", connection_string_setting="DB")
def put(req: func.HttpRequest, out: func.Out[func.SqlRowList]) -> str:
    given = req.get_json()
    out.set(func.SqlRowList(map(func.SqlRow.from_dict, given if isinstance(given, list) else [given])))
    return "ok"

@app.route(route="one")
@app.sql_input(arg_name="found", command_text="SELECT * FROM dbo.Products WHERE Id = @Id",
               parameters="@Id={Query.id}", connection_string_setting="DB")
def one(req: func.HttpRequest, found: func.SqlRowList) -> str:
    return json.dumps([json.loads(row.to_json()) for row in found])
"""
