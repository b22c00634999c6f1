"""What the statistics interface promises, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from requests_app.domain.report_rows import ReportRow

_COUNT: Final = {"type": "integer", "minimum": 0}
_MONTHS: Final = {
    "type": "object",
    "description": "每月件数，键为 1 至 12",
    "required": [str(month) for month in range(1, 13)],
    "additionalProperties": _COUNT,
}
_RESULTS: Final = {
    "type": "object",
    "description": "按年度报告表三的行",
    "properties": {row.value: _COUNT for row in ReportRow},
    "required": [row.value for row in ReportRow],
    "additionalProperties": False,
}
_YEAR: Final = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "as_of": {"type": "string", "format": "date", "description": "统计到哪一天"},
        "received": _COUNT,
        "received_by_month": _MONTHS,
        "ended": _COUNT,
        "ended_by_month": _MONTHS,
        "answered": _COUNT,
        "withdrawn": _COUNT,
        "lapsed": _COUNT,
        "results": _RESULTS,
        "in_time_rate": {
            "type": ["number", "null"],
            "minimum": 0,
            "maximum": 1,
            "description": "按期答复率；有期限可比的不足 10 件时为 null",
        },
    },
    "required": [
        "year", "as_of", "received", "received_by_month", "ended", "ended_by_month", "answered",
        "withdrawn", "lapsed", "results", "in_time_rate",
    ],
    "additionalProperties": False,
}  # fmt: skip


def _answers(schema: dict[str, Any], *, missing: bool = False) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    found = {
        "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "没有变化（If-None-Match、If-Modified-Since）"},
        "429": {"description": "一小时内问得太多", "content": error},
    }
    return (
        {**found, "404": {"description": "没有这一年的数据", "content": error}}
        if missing
        else found
    )


DOCUMENT: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {
        "title": "依申请公开统计",
        "version": "1.0.0",
        "description": "只读，只有汇总数，与网站的统计页相同。每个地址每小时最多 240 次。",
    },
    "paths": {
        "/reports/api/v1/statistics": {
            "get": {
                "operationId": "listYears",
                "summary": "有数据的年份",
                "responses": _answers({"$ref": "#/components/schemas/Years"}),
            }
        },
        "/reports/api/v1/statistics/{year}": {
            "get": {
                "operationId": "getYear",
                "summary": "一年的数字，截至当天",
                "parameters": [
                    {"name": "year", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "responses": _answers({"$ref": "#/components/schemas/Year"}, missing=True),
            }
        },
    },
    "components": {
        "schemas": {
            "Years": {
                "type": "object",
                "properties": {"years": {"type": "array", "items": {"type": "integer"}}},
                "required": ["years"],
                "additionalProperties": False,
            },
            "Year": _YEAR,
            "Error": {
                "type": "object",
                "properties": {"error": {"type": "string"}},
                "required": ["error"],
            },
        }
    },
}
