"""Times tau-bench's own code on calls read from standard input. Run by TauOfficial.cs: tau-official.py CHECKOUT retail|airline SECONDS.

Input: JSON, per task a list of {"name": ..., "kwargs": {...}}. Output: one JSON object {"steps": calls per CPU second, best pass; "reset": ms to load the
data anew; "hash": ms of the hash over it}. No model is called: its client library is replaced by an empty module, the simulated user is never asked.
"""

import json
import sys
import time
import types

checkout, domain, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
sys.path.insert(0, checkout)
sys.modules["litellm"] = types.SimpleNamespace(completion=None)

if domain == "retail":
    from tau_bench.envs.retail.env import MockRetailDomainEnv as Domain
else:
    from tau_bench.envs.airline.env import MockAirlineDomainEnv as Domain
from tau_bench.types import Action

tasks = [[Action(**call) for call in task] for task in json.load(sys.stdin)]
calls = sum(map(len, tasks))
env = Domain(user_strategy="human", user_model="none", task_index=0)
env.terminate_tools = []


def timed(action):
    start = time.process_time()
    action()
    return time.process_time() - start


def one_pass():
    spent = 0.0
    for task in tasks:
        env.data = env.data_load_func()
        env.actions = []
        start = time.process_time()
        for action in task:
            env.step(action)
        spent += time.process_time() - start
    return spent


def reset():
    env.data = env.data_load_func()


passes = []
until = time.monotonic() + seconds
while len(passes) < 3 or time.monotonic() < until:
    passes.append(one_pass())
print(json.dumps({
    "steps": calls / min(passes),
    "reset": 1000 * min(timed(reset) for _ in range(10)),
    "hash": 1000 * min(timed(env.get_data_hash) for _ in range(10)),
}))
