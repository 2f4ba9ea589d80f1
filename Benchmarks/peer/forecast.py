#!/usr/bin/env python3
"""Times a forecast over HTTP, from its trigger to its result, on any server that speaks FlexMeasures API v3.0.

    forecast.py --base-url URL --email E --password P --json OUT [--quick]

A sensor of its own gets 60 days of quarter-hourly values; the 48 hours after them are forecast, which is what both
servers do when a request names no length. The median is added to the figures in OUT. Standard library only.
"""
import argparse
import http.client
import json
import math
import statistics
import time
import urllib.parse
from datetime import datetime, timedelta, timezone


class Api:
    def __init__(self, base_url, email, password):
        url = urllib.parse.urlparse(base_url)
        self.address, self.token = (url.hostname, url.port or 80), None
        answer = self.call("POST", "/api/requestAuthToken", {"email": email, "password": password})[1]
        self.token = answer["auth_token"]

    def call(self, method, path, body=None, accepted=(200, 201, 202, 204)):
        connection = http.client.HTTPConnection(*self.address, timeout=600)
        headers = {"Content-Type": "application/json"} | ({"Authorization": self.token} if self.token else {})
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status not in accepted:
            raise SystemExit(f"{method} {path}: {answer.status} {data[:500]!r}")
        return answer.status, json.loads(data) if data else None


def measured_forecast(api, sensor, start):
    begin = time.perf_counter()
    job = api.call("POST", f"/api/v3_0/sensors/{sensor}/forecasts/trigger", {
        "start": start.isoformat()})[1]["forecast"]
    while True:
        status, answer = api.call("GET", f"/api/v3_0/sensors/{sensor}/forecasts/{job}")
        if status == 200:
            return (time.perf_counter() - begin) * 1000
        time.sleep(0.002)


def main():
    parser = argparse.ArgumentParser()
    for name in ("--base-url", "--email", "--password", "--json"):
        parser.add_argument(name, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    api = Api(options.base_url, options.email, options.password)
    users = api.call("GET", "/api/v3_0/users")[1]
    users = users.get("data", users) if isinstance(users, dict) else users
    account = next(user["account_id"] for user in users if user["email"] == options.email)
    kind = api.call("GET", "/api/v3_0/assets/types")[1][0]["id"]
    asset = api.call("POST", "/api/v3_0/assets", {
        "name": f"forecast {time.time_ns()}", "generic_asset_type_id": kind, "account_id": account})[1]["id"]
    try:
        sensor = api.call("POST", "/api/v3_0/sensors", {
            "name": "load", "unit": "kW", "event_resolution": "PT15M", "timezone": "Europe/Amsterdam",
            "generic_asset_id": asset})[1]["id"]
        end = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
        begin = end - timedelta(days=60)
        values = [round(50 + 20 * math.sin(step / 96 * math.tau) + step * 37 % 11, 3) for step in range(60 * 96)]
        api.call("POST", f"/api/v3_0/sensors/{sensor}/data", {
            "start": begin.isoformat(), "duration": "P60D", "values": values, "unit": "kW"})
        while True:
            query = urllib.parse.urlencode(
                {"start": (end - timedelta(hours=1)).isoformat(), "duration": "PT1H", "unit": "kW"})
            values = api.call("GET", f"/api/v3_0/sensors/{sensor}/data?{query}")[1].get("values")
            if values and values[-1] is not None:
                break
            time.sleep(0.02)
        times = 1 if options.quick else 3
        took = statistics.median(
            measured_forecast(api, sensor, end + timedelta(hours=round_)) for round_ in range(times))
    finally:
        api.call("DELETE", f"/api/v3_0/assets/{asset}", accepted=range(1000))
    with open(options.json) as file:
        figures = json.load(file)
    figures["forecast_48h_trigger_to_result_ms"] = took
    with open(options.json, "w") as file:
        json.dump(figures, file, indent=1)
    print(f"{'forecast_48h_trigger_to_result_ms':40s} {took:12.2f}")


if __name__ == "__main__":
    main()
