"""Brings files to a session, from inside: Python 3.6 or later and its standard library, nothing else.

`bring` takes what to bring as JSON in base64, works in the current folder, and prints a line of JSON at the end, and
before that one for what could not be brought. What is there already, whole, is not fetched again; what is fetched appears under its name when it is
complete and not before.
"""
import base64
import errno
import hashlib
import http.client
import json
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
import zlib

CHUNK = 1 << 20
PART = ".meridian-"
# Of why something does not work, so much is said.
MOST_SAID = 2000


class Trouble(Exception):
    """Why an address did not give the file."""

    def __init__(self, why, may_pass=False):
        super().__init__(why)
        self.may_pass = may_pass


class NoWayToKeep(Exception):
    """Why the session cannot keep the file, wherever it comes from."""


class Adler32:
    def __init__(self):
        self.value = 1

    def update(self, data):
        self.value = zlib.adler32(data, self.value)

    def hexdigest(self):
        return "%08x" % (self.value & 0xFFFFFFFF)


def new_digest(checksum):
    if checksum is None:
        return None
    return Adler32() if checksum["type"] == "adler32" else hashlib.new(checksum["type"])


def say(**line):
    print(json.dumps(line), flush=True)


def without_query(url):
    """An address as it may be shown: what lets one in is often in the query."""
    return url.partition("#")[0].partition("?")[0]


def is_there(target, file):
    if not os.path.isfile(target):
        return False
    if file["bytes"] is not None and os.path.getsize(target) != file["bytes"]:
        return False
    digest = new_digest(file["checksum"])
    if digest is None:
        return True
    with open(target, "rb") as kept:
        for chunk in iter(lambda: kept.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest() == file["checksum"]["value"]


def cannot_keep(error):
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NoWayToKeep("there is no space left for it")
    return NoWayToKeep("it cannot be written (%s)" % (error.strerror or error))


def download(url, out, file, stall_seconds):
    """Writes what is at the address to the open file `out`."""
    digest = new_digest(file["checksum"])
    size = 0
    try:
        request = urllib.request.Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "Meridian"})
        with urllib.request.urlopen(request, timeout=stall_seconds) as answer:
            length = answer.headers.get("Content-Length", "")
            announced = int(length) if length.isdigit() else None
            expected = file["bytes"] if announced is None else announced
            if expected is not None and expected > shutil.disk_usage(os.path.dirname(out.name) or ".").free:
                raise NoWayToKeep("there is no space left for its %d bytes" % expected)
            while True:
                chunk = answer.read(CHUNK)
                if not chunk:
                    break
                size += len(chunk)
                if digest is not None:
                    digest.update(chunk)
                try:
                    out.write(chunk)
                except OSError as error:
                    raise cannot_keep(error)
    except urllib.error.HTTPError as error:
        raise Trouble(
            "answered %d (%s)" % (error.code, error.reason), error.code >= 500 or error.code in (408, 425, 429)
        )
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.timeout):
            raise Trouble("sent nothing for %g s" % stall_seconds)
        raise Trouble("cannot be reached (%s)" % (getattr(error.reason, "strerror", None) or error.reason), True)
    except socket.timeout:
        raise Trouble("sent nothing for %g s" % stall_seconds)
    except (ValueError, http.client.InvalidURL):
        # A UnicodeError is a ValueError. What it says may hold the query, and is not shown.
        raise Trouble("is no address that can be asked: what is special in it has to be percent-encoded")
    except (OSError, http.client.HTTPException):
        raise Trouble("broke off after %d bytes" % size, True)
    if announced is not None and size != announced:
        raise Trouble("broke off after %d of %d bytes" % (size, announced), True)
    if file["bytes"] is not None and size != file["bytes"]:
        raise Trouble("gave %d bytes, not the %d that were announced" % (size, file["bytes"]))
    if digest is not None and digest.hexdigest() != file["checksum"]["value"]:
        raise Trouble(
            "gave something else: its %s is %s, not %s"
            % (file["checksum"]["type"], digest.hexdigest(), file["checksum"]["value"])
        )


def check_notebook(path):
    try:
        with open(path, encoding="utf-8") as text:
            if "nbformat" in json.load(text):
                return
    except (ValueError, TypeError):
        pass
    raise Trouble("gave something that is no Jupyter notebook")


def fetch(url, target, file, stall_seconds):
    """Brings one file from one address; nothing of it is left when that does not work."""
    part = os.path.join(os.path.dirname(target), "%s%d.part" % (PART, os.getpid()))
    try:
        try:
            with open(part, "wb") as out:
                download(url, out, file, stall_seconds)
                out.flush()
                os.fsync(out.fileno())
            if file.get("isNotebook"):
                check_notebook(part)
            if file["readOnly"]:
                os.chmod(part, 0o444)
            os.replace(part, target)
        except OSError as error:
            raise cannot_keep(error)
    finally:
        if os.path.exists(part):
            os.remove(part)


def fetch_from_any(target, file, stall_seconds, pauses):
    """The addresses in their order, and once more after each pause while one of them may work later."""
    for pause in pauses + [None]:
        troubles = []
        for url in file["urls"]:
            try:
                fetch(url, target, file, stall_seconds)
                return
            except Trouble as trouble:
                troubles.append((url, trouble))
        if pause is None or not any(trouble.may_pass for _, trouble in troubles):
            raise Trouble("; ".join("%s %s" % (without_query(url), trouble) for url, trouble in troubles))
        time.sleep(pause)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def clear_parts(folder):
    """Removes what a kernel that was killed had begun."""
    for name in os.listdir(folder):
        pid = name[len(PART):-len(".part")]
        if name.startswith(PART) and name.endswith(".part") and pid.isdigit() and not is_running(int(pid)):
            os.remove(os.path.join(folder, name))


def bring_file(folder, file, stall_seconds, pauses):
    target = os.path.join(folder, *file["path"].split("/"))
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        clear_parts(os.path.dirname(target))
        was_there = is_there(target, file)
        if was_there and file["readOnly"]:
            os.chmod(target, 0o444)
    except OSError as error:
        raise cannot_keep(error)
    if not was_there:
        fetch_from_any(target, file, stall_seconds, pauses)


def bring(encoded):
    plan = json.loads(base64.b64decode(encoded).decode("utf-8"))
    folder = os.path.join(os.getcwd(), *plan["folder"].split("/"))
    file = None
    try:
        for path in [""] + plan["folders"]:
            try:
                os.makedirs(os.path.join(folder, *path.split("/")), exist_ok=True)
            except OSError as error:
                raise NoWayToKeep("its folder cannot be made (%s)" % (error.strerror or error))
        for file in plan["files"]:
            bring_file(folder, file, plan["stallSeconds"], plan["pauses"])
    except (Trouble, NoWayToKeep) as trouble:
        say(name=file["name"] if file else None, why=str(trouble)[:MOST_SAID])
    say(done=True)
