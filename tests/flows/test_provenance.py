"""Which code ran: the same files, the same version; one changed letter, another."""

import hashlib
import re
import tomllib
from importlib.metadata import version

from flows.provenance import CODE, PACKAGES, ROOT, code_version, package_versions


def test_the_version_is_a_digest_over_the_programmes_own_files():
    """Recomputed the long way: paths sorted as texts, each after its own name."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in CODE
        for path in ROOT.glob(f"{folder}/**/*.py")
    }
    joined = b"".join(
        name.encode() + b"\0" + files[name] for name in sorted(files, key=lambda n: n.split("/"))
    )
    number = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert code_version() == f"{number}+{hashlib.sha256(joined).hexdigest()[:12]}"
    assert "flows/provenance.py" in files
    assert not any("tests/" in name for name in files)


def test_the_versions_that_can_change_a_number_are_said():
    said = dict(package_versions())
    assert tuple(said) == PACKAGES
    assert said["statsmodels"] == version("statsmodels")
    assert all(re.match(r"\d+\.", number) for number in said.values())
