"""Jobs, as a client has them: asked for, and asked about until they end."""

import json
import time
from typing import Any

from litestar.testing import TestClient

JOB = {"Prefer": "respond-async"}
ENDED = ("done", "failed", "cancelled")


def large(key: str, claims: int) -> bytes:
    """Make a file of a chain of claims."""
    file = {
        "format": "argmap/1",
        "map": {"key": key, "targets": ["c0"]},
        "claims": [
            {"key": f"c{n}", "text": f"Tram number {n} is quiet.", "base_score": 0.5}
            for n in range(claims)
        ],
        "relations": [
            {
                "key": f"r{n}",
                "kind": "rebut",
                "premises": [f"c{n + 1}"],
                "target": {"claim": f"c{n}"},
            }
            for n in range(claims - 1)
        ],
    }
    return json.dumps(file).encode()


def import_job(client: TestClient[Any], file: bytes) -> str:
    """Have a file imported, and give the path of the job."""
    headers = {"Content-Type": "application/json", **JOB}
    answer = client.post("/api/v1/imports", content=file, headers=headers)
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    path: str = answer.headers["location"]
    return path


def ended(client: TestClient[Any], path: str) -> dict[str, Any]:
    """Ask for a job until it has ended."""
    return watched(client, path)[-1]


def watched(client: TestClient[Any], path: str) -> list[dict[str, Any]]:
    """Ask for a job until it has ended, and give all that it said."""
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1]["status"] not in ENDED:
        answer = client.get(path)
        assert answer.status_code == 200
        seen.append(answer.json())
        assert ("retry-after" in answer.headers) == (seen[-1]["status"] not in ENDED)
        time.sleep(0.01)
    return seen
