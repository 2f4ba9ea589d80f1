#!/usr/bin/env python3
"""Starts a server and prints after how many milliseconds it answered for the first time.

    first_answer.py PORT PIDFILE LOG COMMAND...

The server goes on running; PIDFILE names it.
"""
import http.client
import subprocess
import sys
import time

port, pidfile, log, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
with open(log, "ab") as out:
    begin = time.perf_counter()
    server = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
with open(pidfile, "w") as file:
    file.write(str(server.pid))
while time.perf_counter() - begin < 120:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/api/")
        if connection.getresponse().status == 200:
            print(f"{(time.perf_counter() - begin) * 1000:.1f}")
            sys.exit(0)
    except OSError:
        time.sleep(0.001)
sys.exit(f"nothing answers on port {port}")
