"""Calls every method of the official Python client against a running server.

    official_client.py HOST:PORT EMAIL PASSWORD

The user must be an account-admin. Everything that is created is deleted again. Exit code 1 if a method fails.
"""

import asyncio
import os
import sys
import tempfile
import traceback
from datetime import datetime, timedelta, timezone

from flexmeasures_client import FlexMeasuresClient
from flexmeasures_client.exceptions import InsufficientServerVersionError

RESULTS = []


async def check(name, awaitable, accept=None):
    """Awaits one call; notes whether it worked or failed in the accepted way."""
    try:
        value = await awaitable
        RESULTS.append((name, True, ""))
        return value
    except Exception as error:  # every failure is a result
        fine = accept is not None and isinstance(error, accept)
        RESULTS.append((name, fine, "" if fine else "".join(traceback.format_exception_only(error)).strip()))
        return None


def expect(name, condition, detail=""):
    RESULTS.append((name, bool(condition), "" if condition else str(detail)))


async def main(host, email, password):
    client = FlexMeasuresClient(
        email=email, password=password, host=host, ssl=False, request_retry_interval=0.5, job_polling_interval=0.2)
    client.request_retry_interval = 0.5
    start = datetime(2026, 3, 2, tzinfo=timezone.utc)
    await check("ensure_minimum_server_version", client.ensure_minimum_server_version("0.31.0"))
    versions = await check("get_versions", client.get_versions())
    expect("versions list v3_0", versions and "v3_0" in str(versions), versions)
    await check("get_access_token", client.get_access_token())
    account = await check("get_account", client.get_account())
    await check("get_user", client.get_user())
    types = await check("get_asset_types", client.get_asset_types())
    type_id = next(t["id"] for t in types if t["name"] == "battery")
    label = "client check %d" % os.getpid()
    site = await check("add_asset", client.add_asset(
        name=label, account_id=account["id"], latitude=52.0, longitude=5.0, generic_asset_type_id=type_id,
        attributes={"a": 1}, flex_context={"site-power-capacity": "20 kVA"}))
    battery = await check("add_asset below another", client.add_asset(
        name="battery", account_id=account["id"], latitude=52.0, longitude=5.0, generic_asset_type_id=type_id,
        parent_asset_id=site["id"]))
    power = await check("add_sensor", client.add_sensor(
        name="power", event_resolution="PT15M", unit="kW", generic_asset_id=battery["id"],
        timezone="Europe/Amsterdam", attributes={"consumption_is_positive": True}))
    price = await check("add_sensor for prices", client.add_sensor(
        name="price", event_resolution="PT1H", unit="EUR/kWh", generic_asset_id=site["id"],
        timezone="Europe/Amsterdam"))
    soc = await check("add_sensor for states", client.add_sensor(
        name="soc", event_resolution="PT0M", unit="kWh", generic_asset_id=battery["id"],
        timezone="Europe/Amsterdam"))
    try:
        await records(client, account, site, battery, power)
        await data(client, power, price, start)
        await schedules(client, site, battery, power, price, soc, start)
        await forecasts(client, price, start)
        await removal(client, power, price, soc)
    finally:
        await check("delete_asset", client.delete_asset(site["id"], confirm_first=False))
        await client.close()


async def records(client, account, site, battery, power):
    got = await check("get_asset", client.get_asset(site["id"], parse_json_fields=True))
    expect("attributes come back as an object", got and got["attributes"] == {"a": 1}, got)
    await check("get_assets", client.get_assets())
    tree = await check("get_assets root", client.get_assets(root=site["id"], fields=["id", "name"]))
    expect("root lists the tree", tree and {a["id"] for a in tree} == {site["id"], battery["id"]}, tree)
    await check("get_assets depth", client.get_assets(account_id=account["id"], depth=0, fields=["id", "attributes"]))
    await check("update_asset", client.update_asset(
        site["id"], {"latitude": 51.5, "attributes": {"b": 2}, "sensors_to_show": [power["id"]]}))
    await check("update_asset flex_model", client.update_asset(
        battery["id"], {"flex_model": {"soc-min": "1 kWh", "soc-max": "10 kWh", "power-capacity": "5 kW"}}))
    sensors = await check("get_sensors", client.get_sensors(asset_id=battery["id"], parse_json_fields=True))
    expect("sensors of an asset", sensors and power["id"] in [s["id"] for s in sensors], sensors)
    await check("get_sensor", client.get_sensor(power["id"], parse_json_fields=True))
    await check("update_sensor", client.update_sensor(power["id"], {"name": "power of battery"}))


async def data(client, power, price, start):
    values = [0.10 + 0.05 * (h % 24 in (7, 8, 17, 18, 19)) for h in range(24 * 21)]
    await check("post_sensor_data", client.post_sensor_data(
        sensor_id=price["id"], start=start, duration=timedelta(hours=len(values)), values=values, unit="EUR/kWh",
        prior=start - timedelta(days=1)))
    await check("post_measurements", client.post_measurements(
        sensor_id=power["id"], start=start.isoformat(), duration="PT1H", values=[1.0, 2.0, 3.0, 4.0], unit="kW"))
    got = await check("get_sensor_data", client.get_sensor_data(
        sensor_id=power["id"], start=start, duration=timedelta(hours=1), unit="kW", resolution=timedelta(minutes=15)))
    expect("posted values come back", got and got["values"] == [1.0, 2.0, 3.0, 4.0], got)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.write("event_start,event_value\n")
        for quarter in range(8):
            file.write("%s,%d\n" % ((start + timedelta(days=1, minutes=15 * quarter)).isoformat(), quarter))
    await check("post_sensor_data file", client.post_sensor_data(
        sensor_id=power["id"], file_path=file.name, belief_time_measured_instantly=True, unit="kW"))
    os.unlink(file.name)


async def schedules(client, site, battery, power, price, soc, start):
    begin = start + timedelta(days=2)
    context = {"consumption-price": {"sensor": price["id"]}}
    model = {"soc-at-start": "3 kWh", "soc-max": "10 kWh", "soc-min": "1 kWh", "power-capacity": "5 kW",
             "soc-targets": [{"value": "8 kWh", "datetime": (begin + timedelta(hours=12)).isoformat()}]}
    job = await check("trigger_schedule of a sensor", client.trigger_schedule(
        sensor_id=power["id"], start=begin, duration=timedelta(hours=24), flex_model=model, flex_context=context))
    schedule = await check("get_schedule", client.get_schedule(
        sensor_id=power["id"], schedule_id=job, duration=timedelta(hours=24)))
    expect("a schedule has a value per step", schedule and len(schedule["values"]) == 96, schedule)
    job = await check("trigger_schedule of an asset", client.trigger_schedule(
        asset_id=site["id"], start=begin, duration=timedelta(hours=24), flex_context=context, prior=begin,
        flex_model=[{"sensor": power["id"], "state-of-charge": {"sensor": soc["id"]}, **model}]))
    await check("get_schedule of an asset job", client.get_schedule(
        sensor_id=power["id"], schedule_id=job, duration=timedelta(hours=24), unit="MW"))
    await check("get_schedule of states", client.get_schedule(
        sensor_id=soc["id"], schedule_id=job, duration=timedelta(hours=24)))
    await check("get_job_status", client.get_job_status(job))
    await check("wait_for_job", client.wait_for_job(job))
    await check("trigger_and_get_schedule", client.trigger_and_get_schedule(
        sensor_id=power["id"], start=begin, duration=timedelta(hours=12), flex_model=model, flex_context=context))
    await check("trigger_and_get_schedule of an asset", client.trigger_and_get_schedule(
        asset_id=site["id"], start=begin, duration=timedelta(hours=12), flex_context=context,
        flex_model=[{"sensor": power["id"], **model}]))
    await check("trigger_schedule with a scheduler", client.trigger_schedule(
        asset_id=battery["id"], start=begin, duration=timedelta(hours=12), flex_context=context,
        flex_model=[{"sensor": power["id"], **model}], scheduler="StorageScheduler"))


async def forecasts(client, price, start):
    begin = start + timedelta(days=20)
    job = await check("trigger_forecast", client.trigger_forecast(
        sensor_id=price["id"], start=begin, end=begin + timedelta(days=1), train_start=start,
        max_forecast_horizon="PT24H", forecast_frequency="PT24H"))
    await check("get_forecast", client.get_forecast(sensor_id=price["id"], forecast_id=job))
    await check("trigger_and_get_forecast", client.trigger_and_get_forecast(
        sensor_id=price["id"], start=begin, duration="PT12H"))


async def removal(client, power, price, soc):
    await check("trigger_report", client.trigger_report(
        asset_id=1, reporter="PandasReporter", parameters={}), accept=(InsufficientServerVersionError, ValueError))
    await check("trigger_and_await_report", client.trigger_and_await_report(
        asset_id=1, reporter="PandasReporter", parameters={}), accept=(InsufficientServerVersionError, ValueError))
    flex_model = client.create_storage_flex_model(
        soc_unit="kWh", soc_at_start=3, soc_max=10, soc_min=1, soc_targets=[])
    expect("create_storage_flex_model", flex_model)
    expect("create_storage_flex_context", client.create_storage_flex_context(
        consumption_price_sensor=price["id"], production_price_sensor=price["id"], inflexible_device_sensors=[]))
    expect("convert_units", client.convert_units([1.0], "kW", "MW") == [0.001])
    await check("delete_sensor_data in part", client.delete_sensor_data(
        power["id"], confirm_first=False, start="2026-03-02T00:00:00+00:00", until="2026-03-03T00:00:00+00:00"))
    await check("delete_sensor_data", client.delete_sensor_data(power["id"], confirm_first=False))
    await check("delete_sensor", client.delete_sensor(soc["id"], confirm_first=False))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
    failed = [r for r in RESULTS if not r[1]]
    for name, fine, detail in RESULTS:
        print("%s %s %s" % ("pass" if fine else "FAIL", name, detail))
    print("%d passed, %d failed" % (len(RESULTS) - len(failed), len(failed)))
    sys.exit(1 if failed else 0)
