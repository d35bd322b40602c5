#!/usr/bin/env bash
# tenacity 9.2.1 retries no generator: a decorated function that yields fails at its first error.
#
# Expected: @retry on a function that reads a page after another and yields rows tries again, or refuses to decorate it, for
#           it knows coroutines by inspection.
# Seen:     the call makes the generator and ends well, which is all that is tried; the error comes later, out of the loop,
#           after one try of three. An async generator likewise. What is written with return is tried three times.
# Caller:   decorate the function that fetches one page, not the one that yields; a test that counts the tries finds it.
. "$(dirname "$0")/lib.sh"
pip_packages tenacity==9.2.1
observe python - <<'PYTHON'
import asyncio
import tenacity

tries = []
three_times = tenacity.retry(stop=tenacity.stop_after_attempt(3), reraise=True)


@three_times
def returned():
    tries.append("returned")
    raise OSError


@three_times
def yielded():
    tries.append("yielded")
    yield 1
    raise OSError


@three_times
async def yielded_later():
    tries.append("yielded later")
    yield 1
    raise OSError


async def later():
    async for _ in yielded_later():
        pass


calls = {"returned": returned, "yielded": lambda: list(yielded()), "yielded later": lambda: asyncio.run(later())}
for name, call in calls.items():
    try:
        call()
    except Exception as error:
        print(f"{name}: {type(error).__name__} after {tries.count(name)} tries")
PYTHON
seen <<'SEEN'
returned: OSError after 3 tries
yielded: OSError after 1 tries
yielded later: OSError after 1 tries
SEEN
