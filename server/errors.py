"""What can go wrong with serving, besides what is wrong with a query."""

from pathlib import Path

from simpul.ontology import SimpulError


class ServingError(SimpulError):
    """A server cannot begin, or cannot do what was asked of it."""


class PortTaken(ServingError):
    """Another program listens at this address already."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"{host}:{port} is taken by another program; choose another port with --port, "
            "or let one be chosen with --port 0"
        )


class NoSuchAddress(ServingError):
    """This machine cannot listen at this address."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"cannot listen at {host}:{port}: {problem}; 127.0.0.1 is for this machine alone, 0.0.0.0 for all"
        )


class Overloaded(ServingError):
    """There is no room for one more query; `own` says that the client itself fills its places."""

    def __init__(self, retry_after_s: int, *, own: bool = False) -> None:
        self.retry_after_s = retry_after_s
        self.own = own
        whose = "you ask too many queries at once" if own else "all workers are busy"
        super().__init__(f"{whose}; try again in {retry_after_s} s")


class WorkerLost(ServingError):
    """A worker ended before it answered, through no fault of the query."""

    def __init__(self, code: int | None, said: str = "") -> None:
        self.code = code
        self.said = said
        super().__init__("the process that answered was ended; ask again")


class NoWorker(ServingError):
    """A worker could not be started on a graph."""

    def __init__(self, store: Path, problem: str) -> None:
        self.store = store
        self.problem = problem
        super().__init__(f"{store}: no worker can be started: {problem}")


class GraphUnread(ServingError):
    """A graph does not tell what it is called, or what the things in it are."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: its names cannot be read: {problem}")


class UpdateUnseen(ServingError):
    """An update is done, and what came of it could not be served."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            "the update is done and must not be sent again, but the graph after it is not served yet; "
            "it will be with the next update, or when the server starts again"
        )


class NotReady(ServingError):
    """A part of the server is still being prepared."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is still being prepared; try again in a second")
