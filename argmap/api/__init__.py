"""The HTTP API, on Litestar: one module per resource, with the bodies of its own.

An endpoint reads the request, calls one use case of `argmap.service` and shapes the
answer. What holds for all of them is in `front` (hosts, origins, headers), `requests`
(strict bodies and parameters), `errors` (statuses and problems) and `describe` (the
OpenAPI document). The list of controllers is in `app`.
"""
