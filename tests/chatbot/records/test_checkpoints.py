"""Checkpoints of the chain in a file, with time-stamps by a real RFC 3161 authority (OpenSSL on loopback)."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chatbot.audit.verify_chain import verify_chain
from chatbot.records.checkpoints import read_checkpoints, stamped_at, write_checkpoint
from config.errors import EngineFailed, SettingsError
from config.sections import AuditSettings
from tests.chatbot.records.filled import ask, open_records

OPENSSL = shutil.which("openssl")
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """URL of a time-stamp server, and the root certificate that its signature rests on."""
    if OPENSSL is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tsa")
    config = folder / "tsa.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")

    def openssl(*words: str) -> None:
        subprocess.run([str(OPENSSL), *words], cwd=folder, check=True, capture_output=True)

    for name, subject in (("root", "/CN=Root"), ("tsa", "/CN=Time")):
        openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject
        )
    openssl("x509", "-req", "-in", "root.csr", "-signkey", "root.key", "-days", "30", "-out", "root.pem", "-extfile",
            "tsa.cnf", "-extensions", "root")  # fmt: skip
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30",
            "-out", "tsa.pem", "-extfile", "tsa.cnf", "-extensions", "signer")  # fmt: skip

    class Reply(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["content-length"])))
            openssl("ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf", "-section", "here", "-out", "reply")
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Reply)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", folder / "root.pem"
    server.shutdown()


@pytest.mark.integration
def test_a_head_is_stamped_and_the_stamp_proves_its_time(authority: tuple[str, Path], tmp_path: Path) -> None:
    url, root = authority
    engine, written = open_records(tmp_path)
    ask(written)
    file = tmp_path / "elsewhere" / "heads.jsonl"
    head = write_checkpoint(engine, AuditSettings(timestamp_url=url), file)
    assert head.token and read_checkpoints(file).heads == (head,)
    at = stamped_at(head, root)
    assert at is not None and abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    ask(written)
    write_checkpoint(engine, AuditSettings(timestamp_url=url), file)
    assert list(verify_chain(engine, read_checkpoints(file).expected())) == []


@pytest.mark.integration
def test_a_stamp_of_another_head_or_authority_proves_nothing(authority: tuple[str, Path], tmp_path: Path) -> None:
    url, root = authority
    engine, written = open_records(tmp_path)
    ask(written)
    head = write_checkpoint(engine, AuditSettings(timestamp_url=url), tmp_path / "heads.jsonl")
    assert stamped_at(head.model_copy(update={"hash": "0" * 64}), root) is None
    assert stamped_at(head.model_copy(update={"token": "AAAA"}), root) is None
    other = ["-keyout", tmp_path / "k", "-out", tmp_path / "other.pem", "-subj", "/CN=Other", "-days", "2"]
    command = [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", *other]
    subprocess.run(command, check=True, capture_output=True)
    assert stamped_at(head, tmp_path / "other.pem") is None
    with pytest.raises(SettingsError, match=r"none\.pem"):
        stamped_at(head, tmp_path / "none.pem")


def test_without_its_server_the_head_is_written_all_the_same(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ask(written)
    file = tmp_path / "heads.jsonl"
    with pytest.raises(EngineFailed, match="http://127"):
        write_checkpoint(engine, AuditSettings(timestamp_url="http://127.0.0.1:9/"), file)
    (head,) = read_checkpoints(file).heads
    assert head.number == 2 and not head.token


def test_a_torn_line_costs_no_other_head(tmp_path: Path) -> None:
    engine, written = open_records(tmp_path)
    ask(written)
    file = tmp_path / "heads.jsonl"
    assert read_checkpoints(file).heads == ()
    file.write_text('{"at": "x')
    head = write_checkpoint(engine, AuditSettings(), file)
    assert read_checkpoints(file).heads == (head,) and read_checkpoints(file).unreadable == (1,)
    assert [b.fault for b in read_checkpoints(file).breaks()] == ["line"]
    with pytest.raises(SettingsError, match=r"audit\.heads"):
        write_checkpoint(engine, AuditSettings(), tmp_path / "heads.jsonl" / "below")
