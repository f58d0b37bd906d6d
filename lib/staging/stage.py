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
import re
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
# A notebook is not larger, and neither are all the other files together as far as nobody said before how large they are.
MOST_NOTEBOOK_BYTES = 100 * 10 ** 6
MOST_BYTES = 100 * 2 ** 30


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
    if checksum["type"] == "adler32":
        return Adler32()
    try:
        try:
            # Where md5 is forbidden (FIPS), it is so as a signature and not to find damage.
            return hashlib.new(checksum["type"], usedforsecurity=False)
        except TypeError:
            # Python before 3.9
            return hashlib.new(checksum["type"])
    except ValueError:
        raise NoWayToKeep("the session's Python cannot compute its checksum (%s)" % checksum["type"])


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


def is_web(url):
    return url.lower().startswith(("http://", "https://"))


class WebRedirects(urllib.request.HTTPRedirectHandler):
    """Follows to http and https only, and does not read what a redirect has to say beside its address."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if not is_web(newurl):
            raise Trouble("leads to an address that is neither http nor https")
        fp.close()
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def web_opener():
    """What asks http and https, and nothing else: no files of the session, no ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        WebRedirects,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def announced_length(headers, file, most, free):
    """What the answer says of its size, None when that is nothing; what cannot be the file is no reason to read it."""
    encoding = headers.get("Content-Encoding", "").strip().lower()
    # Many archives call a file that is packed itself (x.fits.gz) encoded: it is kept as it is.
    is_packed_itself = encoding in ("gzip", "x-gzip") and file.get("path", "").lower().endswith((".gz", ".tgz"))
    if encoding not in ("", "identity") and not is_packed_itself:
        raise Trouble("sends it in an encoding that was not asked for")
    length = headers.get("Content-Length")
    if length is None:
        return None
    if not re.fullmatch("[0-9]{1,15}", length.strip()):
        raise Trouble("announces a length that is none")
    announced = int(length)
    if file["bytes"] is not None and announced != file["bytes"]:
        raise Trouble("has %d bytes, not the %d that were announced" % (announced, file["bytes"]))
    if announced > most:
        raise Trouble("has %d bytes, and at most %d are brought" % (announced, most))
    if announced > free:
        raise Trouble("has %d bytes, and there is no space left for so many" % announced)
    return announced


def download(url, out, file, stall_seconds, most):
    """Writes what is at the address to the open file `out`, `most` bytes or fewer, and returns how many."""
    if not is_web(url):
        raise Trouble("is no http or https address")
    digest = new_digest(file["checksum"])
    free = shutil.disk_usage(os.path.dirname(out.name) or ".").free
    if file["bytes"] is not None and file["bytes"] > free:
        raise NoWayToKeep("there is no space left for its %d bytes" % file["bytes"])
    size = 0
    try:
        request = urllib.request.Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "Meridian"})
        with web_opener().open(request, timeout=stall_seconds) as answer:
            announced = announced_length(answer.headers, file, most, free)
            while True:
                chunk = answer.read(CHUNK)
                if not chunk:
                    break
                size += len(chunk)
                if size > most:
                    raise Trouble("gave more than %d bytes" % most)
                if digest is not None:
                    digest.update(chunk)
                try:
                    out.write(chunk)
                except OSError as error:
                    raise cannot_keep(error)
    except urllib.error.HTTPError as error:
        if 300 <= error.code < 400:
            # What Python says of it repeats the address with its query.
            raise Trouble("answered %d and leads to no address that can be followed" % error.code)
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
    return size


def check_notebook(path):
    try:
        with open(path, encoding="utf-8") as text:
            notebook = json.load(text)
        if isinstance(notebook, dict) and "nbformat" in notebook:
            return
    except (ValueError, RecursionError, MemoryError):
        pass
    raise Trouble("gave something that is no Jupyter notebook")


def fetch(url, target, file, stall_seconds, most):
    """Brings one file from one address and returns its size; nothing of it is left when that does not work."""
    part = os.path.join(os.path.dirname(target), "%s%d.part" % (PART, os.getpid()))
    try:
        try:
            with open(part, "wb") as out:
                size = download(url, out, file, stall_seconds, most)
                out.flush()
                os.fsync(out.fileno())
            if file.get("isNotebook"):
                check_notebook(part)
            if file["readOnly"]:
                os.chmod(part, 0o444)
            os.replace(part, target)
            return size
        except OSError as error:
            raise cannot_keep(error)
    finally:
        if os.path.exists(part):
            os.remove(part)


def fetch_from_any(target, file, stall_seconds, pauses, most):
    """The addresses in their order, and once more after each pause while one of them may work later."""
    for pause in pauses + [None]:
        troubles = []
        for url in file["urls"]:
            try:
                return fetch(url, target, file, stall_seconds, most)
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
        path = os.path.join(folder, name)
        pid = name[len(PART):-len(".part")]
        if not (name.startswith(PART) and name.endswith(".part") and pid.isdigit() and os.path.isfile(path)):
            continue
        try:
            if not is_running(int(pid)):
                os.remove(path)
        except (OSError, OverflowError, ValueError):
            # What only looks like ours stays.
            pass


def bring_file(target, file, stall_seconds, pauses, most):
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        clear_parts(os.path.dirname(target))
        was_there = is_there(target, file)
        if was_there and file["readOnly"]:
            os.chmod(target, 0o444)
    except OSError as error:
        raise cannot_keep(error)
    return 0 if was_there else fetch_from_any(target, file, stall_seconds, pauses, most)


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
        left = MOST_BYTES - sum(file["bytes"] or 0 for file in plan["files"])
        for file in plan["files"]:
            target = os.path.join(folder, *file["path"].split("/"))
            unknown = MOST_NOTEBOOK_BYTES if file.get("isNotebook") else max(left, 0)
            most = unknown if file["bytes"] is None else file["bytes"]
            fetched = bring_file(target, file, plan["stallSeconds"], plan["pauses"], most)
            if file["bytes"] is None and not file.get("isNotebook"):
                left -= fetched
    except (Trouble, NoWayToKeep) as trouble:
        say(name=file["name"] if file else None, why=str(trouble)[:MOST_SAID])
    say(done=True)
