"""prefect.yaml, the folder of flows and what can be run by hand are the same list."""

from pathlib import Path

import yaml

from flows.__main__ import FLOWS

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]


def test_every_flow_is_deployed_under_its_own_name():
    deployed = {d["name"]: d["entrypoint"] for d in DEPLOYMENTS}
    assert deployed == {name: f"flows/{name}.py:{name}" for name in FLOWS}


def test_every_deployment_runs_on_the_process_pool_and_one_at_a_time():
    for deployment in DEPLOYMENTS:
        assert deployment["work_pool"] == {"name": "stories"}
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_every_file_with_a_flow_is_in_the_list():
    having = {
        path.stem for path in (ROOT / "flows").glob("*.py") if "\n@flow(" in path.read_text("utf-8")
    }
    assert having == set(FLOWS)
