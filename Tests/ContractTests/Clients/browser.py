#!/usr/bin/env python3
"""Opens the pages of a served demo store in headless Chromium that can reach nothing but that server.

    browser.py PROGRAM [SCREENSHOTS]      PROGRAM is a built flexdeck, SCREENSHOTS a folder for pictures
"""
import json, pathlib, re, struct, subprocess, sys, tempfile, time, urllib.request, zlib

EMAIL, PASSWORD = "olga@flexdeck.example", "flexdeck-demo"
BROWSER = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,1600",
    "--virtual-time-budget=20000", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def ask(url, body=None, token=None):
    headers = {"Content-Type": "application/json", **({"Authorization": token} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)
    return json.load(urllib.request.urlopen(request, timeout=30))


def serve(program, folder):
    database, log = folder / "demo.db", (folder / "log").open("w+")
    subprocess.run([program, "demo", "--db", database, "--size", "80x24", "--keys", "", "--dump", folder / "screen"], check=True)
    process = subprocess.Popen([program, "--serve", "--db", database, "--port", "0"], stderr=log)
    for _ in range(600):
        port = re.search(r" listen .*:(\d+)", (folder / "log").read_text())
        if port:
            return process, f"http://127.0.0.1:{port[1]}"
        time.sleep(0.05)
    process.kill()
    raise SystemExit("the server does not listen:\n" + (folder / "log").read_text())


def dom(url):
    """The page's elements after its scripts have run, and what they complained about."""
    run = subprocess.run(BROWSER + ["--enable-logging=stderr", "--dump-dom", url], check=True, capture_output=True, text=True, timeout=120)
    return run.stdout, [line for line in run.stderr.splitlines() if "CONSOLE" in line and "ERROR" in line]


def painted(url, picture):
    """The share of a page's picture that is not background."""
    subprocess.run(BROWSER + [f"--screenshot={picture}", url], check=True, capture_output=True, timeout=120)
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", data[at + 8:at + 18])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    size, stride = {2: 3, 6: 4}[colours], 0
    rows, stride, last, count = zlib.decompress(packed), width * size + 1, bytearray(width * size), 0
    for row in range(height):
        kind, line = rows[row * stride], bytearray(rows[row * stride + 1:(row + 1) * stride])
        for i in range(len(line)):
            a, b, c = line[i - size] if i >= size else 0, last[i], last[i - size] if i >= size else 0
            if kind == 4:
                near = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            else:
                near = (0, a, b, (a + b) // 2)[kind]
            line[i] = (line[i] + near) & 255
        count += sum(1 for i in range(0, len(line), size) if min(line[i:i + 3]) < 200)
        last = line
    return count / (width * height)


def check(what, holds):
    print(("ok   " if holds else "FAIL ") + what)
    return holds


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        pictures = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else folder)
        pictures.mkdir(parents=True, exist_ok=True)
        process, base = serve(program, pathlib.Path(folder))
        try:
            token = ask(base + "/api/requestAuthToken", {"email": EMAIL, "password": PASSWORD})["auth_token"]
            results = [swagger(base, pictures)] + [
                chart(base, token, asset, pictures) for asset in charted(base, token)]
        finally:
            process.terminate()
            status = process.wait(timeout=30)
    sys.exit(0 if all(results) and check("the server ends when it is told to", status == 0) else 1)


def charted(base, token):
    """A few assets with something to show."""
    assets = ask(base + "/api/v3_0/assets?all_accessible=true", token=token)
    ids = [asset["id"] for asset in (assets["data"] if isinstance(assets, dict) else assets) if asset["sensors"]]
    return ids[:: max(1, len(ids) // 4)]


def swagger(base, pictures):
    page, errors = dom(base + "/api/v3_0/docs")
    operations = page.count('class="opblock ')
    published = ask(base + "/api/v3_0/openapi.json")["paths"]
    expected = sum(len([m for m in methods if m in ("get", "post", "put", "patch", "delete")]) for methods in published.values())
    paint = painted(base + "/api/v3_0/docs", pictures / "swagger.png")
    return check(f"Swagger UI shows {operations} of {expected} operations {errors}", operations == expected and paint > 0.01 and not errors)


def chart(base, token, asset, pictures):
    url = f"{base}/ui/assets/{asset}/graphs#token={token}"
    page, errors = dom(url)
    note = re.search(r'<p id="note"[^>]*>(.*?)</p>', page, re.S)[1]
    paint = painted(url, pictures / f"asset-{asset}.png")
    return check(
        f"the charts of asset {asset} are drawn, {100 * paint:.1f} % of the page {note} {errors}",
        'data-ready="yes"' in page and paint > 0.005 and not note and not errors)


main()
