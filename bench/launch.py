"""Run a command, and print its exit code, processor seconds, seconds and megabytes as JSON.

Linux counts the memory of the process that starts another as that of the other, so this one is small.
Usage: ``python -I -S launch.py COMMAND...``.
"""

import json
import os
import sys
import time

start = time.perf_counter()
nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0o600) for number in (1, 2)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=nothing)
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024]))
