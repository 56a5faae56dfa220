"""What is looked at before Haven starts, and the sentence for each thing that is wrong."""

import socket
from pathlib import Path

import pytest

from haven.config import place
from haven.config.place import Refused
from tests.post import HOST, free_port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_nothing_configured_and_nothing_there_means_the_demo(folder: Path) -> None:
    assert place.is_demo({}, folder, asked=False)
    assert not place.is_demo({"HAVEN_ADDRESS": "https://haven.example"}, folder, asked=False)
    assert not place.is_demo({"DATABASE_URL": "postgresql:///haven"}, folder, asked=False)
    assert place.is_demo({"HAVEN_DATA": str(folder)}, folder, asked=True)


def test_a_demo_stays_a_demo(folder: Path) -> None:
    place.prepare(folder, demo=True)
    assert place.is_demo({}, folder, asked=False)
    assert place.is_demo({"HAVEN_DATA": str(folder)}, folder, asked=True)


def test_production_refuses_the_keys_of_the_demo(folder: Path) -> None:
    place.prepare(folder, demo=True)
    with pytest.raises(Refused, match="passwords and keys are public"):
        place.is_demo({"HAVEN_ADDRESS": "https://haven.example"}, folder, asked=False)


def test_the_demo_never_goes_among_real_data(folder: Path) -> None:
    place.prepare(folder, demo=False)
    assert not place.is_demo({}, folder, asked=False)
    with pytest.raises(Refused, match="holds real data"):
        place.is_demo({}, folder, asked=True)


@pytest.mark.parametrize(
    ("environment", "host"),
    [({"HAVEN_ADDRESS": "https://haven.example"}, HOST), ({}, "0.0.0.0"), ({}, "192.0.2.1")],  # noqa: S104  an example, nobody listens there
)
def test_the_demo_stays_on_this_machine(environment: dict[str, str], host: str) -> None:
    with pytest.raises(Refused, match="this machine only"):
        place.check_stays_inside(environment, host)
    place.check_stays_inside({}, HOST)
    place.check_stays_inside({"HAVEN_ADDRESS": "http://localhost:8001"}, "::1")


def test_a_port_in_use_is_said_with_what_to_do(folder: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=rf"Port {port} is in use by another program.*--port {port + 1}"):
            place.check_port(HOST, port)
    place.check_port(HOST, free_port())


@pytest.mark.parametrize(
    ("host", "port", "says"), [(HOST, 70000, "is not a port"), ("nowhere.invalid", 8000, "--host")]
)
def test_an_address_that_cannot_be_is_said_with_what_to_do(host: str, port: int, says: str) -> None:
    with pytest.raises(Refused, match=says):
        place.check_port(host, port)


def test_secrets_are_made_once_and_for_one_user_only(folder: Path) -> None:
    place.prepare(folder, demo=False)
    files = sorted((folder / "secrets").iterdir())
    first = [file.read_text() for file in files]
    place.prepare(folder, demo=False)
    assert [file.name for file in files] == ["secret_key", "state_key"]
    assert [file.read_text() for file in files] == first
    assert len(set(first)) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_is_said_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Refused, match=r"cannot write in .*HAVEN_DATA"):
        place.prepare(file / "data", demo=False)
