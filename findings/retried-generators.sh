#!/usr/bin/env bash
# tenacity 9.2.1 and backoff 2.2.1 never retry a generator; stamina 26.1.0 does, and gives its first items twice.
#
# Expected: a decorator for retries on a function that yields is refused, or a failed run is begun again without a trace.
# Seen:     calling a generator function cannot fail, as nothing of it has run, so with tenacity and backoff the one error goes
#           straight to the caller. tenacity says nothing of an async generator either, nor of a lambda that gives a coroutine;
#           the coroutine function itself it retries. stamina begins again, and what was yielded before comes again.
# Caller:   retry one page or one message inside of the loop that yields; or have the function return a list.
. "$(dirname "$0")/lib.sh"
pip_packages tenacity==9.2.1 backoff==2.2.1 stamina==26.1.0
observe python - <<'PYTHON'
import asyncio
import backoff
import stamina
import tenacity

stamina.instrumentation.set_on_retry_hooks([])
DECORATORS = {
    "tenacity": tenacity.retry(stop=tenacity.stop_after_attempt(3)),
    "backoff": backoff.on_exception(backoff.constant, OSError, max_tries=3, interval=0),
    "stamina": stamina.retry(on=OSError, attempts=3, wait_initial=0, wait_max=0),
}
for name, retried in DECORATORS.items():
    runs, got = [], []

    @retried
    def pages():
        runs.append(1)
        yield "page 1"
        if len(runs) < 3:
            raise OSError("connection lost")
        yield "page 2"

    try:
        for page in pages():
            got.append(page)
        print(name, got, "runs:", len(runs))
    except OSError as error:
        print(name, got, "runs:", len(runs), error)


async def fetch():
    runs.append(1)
    raise OSError("connection lost")


for words, function in {"coroutine function": fetch, "lambda around it": lambda: fetch()}.items():
    runs = []
    try:
        asyncio.run(DECORATORS["tenacity"](function)())
    except (OSError, tenacity.RetryError) as error:
        print("tenacity,", words + ":", type(error).__name__, "runs:", len(runs))
PYTHON
seen <<'SEEN'
tenacity ['page 1'] runs: 1 connection lost
backoff ['page 1'] runs: 1 connection lost
stamina ['page 1', 'page 1', 'page 1', 'page 2'] runs: 3
tenacity, coroutine function: RetryError runs: 3
tenacity, lambda around it: OSError runs: 1
SEEN
