"""Asks for files, and reads them."""

import csv
import io
import json

from openpyxl import load_workbook


def fetch(client, form, query=""):
    response = client.get(f"/urbanplanen/export.{form}?{query}")
    assert response.status_code == 200
    return body(response)


def body(response):
    return b"".join(response.streaming_content)


def read_csv(content):
    """The rows of a CSV file as dicts by the header."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def read_json(content):
    return json.loads(content)


def read_workbook(content):
    """The sheets of a workbook, as {title: [row, …]} with the header as first row."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in book}


def names(content):
    return {row["name"] for row in read_json(content)["assets"]}
