"""Draw the rooms and the way of the data in docs/architecture.md: `make architecture`.

The diagram and the table of rooms are made from the imports and from the docstrings of each
`__init__.py`, so they say what the code does; `make check` fails where the page says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tools.source_tree import ROOT, Module, imports_of, read_modules

PAGE = "docs/architecture.md"
BEGIN = "<!-- rooms: written by `make architecture` -->"
END = "<!-- /rooms -->"
_WINDOW = "gui"
Graph = Mapping[str, set[str]]  # the rooms that a room imports from


def room_of(module: str) -> str:
    """Return the box of a module: its top package, in the window its room or module.

    The name is dotted, without that of the whole package: `core`, `gui.tracks`, `gui.app`.
    """
    _, *parts = module.split(".")
    if parts[:1] == [_WINDOW]:
        return ".".join(parts[:2])
    return parts[0] if parts else ""


def room_graph(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """Return for each box those that its modules import from, the lowest floors first."""
    graph: dict[str, set[str]] = defaultdict(set)
    for name, module in modules.items():
        room = room_of(name)
        graph[room] |= {room_of(imported) for imported in imports_of(module, modules)} - {room}
    left_out = {"", "__main__", _WINDOW}
    by_name = {room: graph[room] - left_out for room in sorted(graph.keys() - left_out)}
    return {room: by_name[room] for floor in floors(by_name) for room in floor}


def reachable(graph: Graph, start: str) -> set[str]:
    """Return everything that `start` imports from, at first or second hand."""
    rooms: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        room = waiting.pop()
        if room not in rooms:
            rooms.add(room)
            waiting.extend(graph[room])
    return rooms


def direct_arrows(graph: Graph) -> list[tuple[str, str]]:
    """Return (used, user) for each import that no way through another room stands for."""
    below = {room: reachable(graph, room) for room in graph}
    return [
        (used, user)
        for user in graph
        for used in sorted(graph[user])
        if not any(used in below[between] for between in graph[user] - {used})
    ]


def floors(graph: Graph) -> list[list[str]]:
    """Return the rooms floor by floor from the bottom: each above all that it imports from.

    The graph must be free of circles, else a room has no floor.
    """
    result: list[list[str]] = []
    placed: set[str] = set()
    while len(placed) < len(graph):
        floor = [room for room in graph if room not in placed and graph[room] <= placed]
        if not floor:
            left = ", ".join(sorted(graph.keys() - placed))
            raise ValueError(f"these rooms import each other in a circle: {left}")
        result.append(floor)
        placed |= set(floor)
    return result


def diagram(graph: Graph) -> str:
    """Return the rooms as a mermaid flow chart, floors from bottom to top."""
    window = [room for room in graph if room.startswith(f"{_WINDOW}.")]
    lines = ["```mermaid", "flowchart BT"]
    lines += [f"  {_id(room)}[{room}]" for room in graph if room not in window]
    lines.append(f"  subgraph {_WINDOW}")
    lines += [f"    {_id(room)}[{room.partition('.')[2]}]" for room in window]
    lines.append("  end")
    users = defaultdict(list)
    for used, user in direct_arrows(graph):
        users[used].append(user)
    alike = defaultdict(list)  # rooms with the same users share a line
    for used in graph:
        alike[tuple(users[used])].append(used)
    lines += [f"  {_joined(used)} --> {_joined(by)}" for by, used in alike.items() if by]
    return "\n".join([*lines, "```"])


def _joined(rooms: Iterable[str]) -> str:
    return " & ".join(map(_id, rooms))


def _id(room: str) -> str:
    return room.replace(".", "_")


def room_table(graph: Graph, modules: Mapping[str, Module]) -> str:
    """Return what lives in each room, lowest floors first, the rooms of the window last."""
    rows = ["| floor | room | what lives there |", "| ---: | --- | --- |"]
    package = next(iter(modules)).partition(".")[0]
    floor_of = {room: number for number, floor in enumerate(floors(graph)) for room in floor}
    window = [room for room in graph if room.startswith(f"{_WINDOW}.")]
    for room in [*(room for room in graph if room not in window), _WINDOW, *window]:
        name = f"{package}.{room}"
        rows.append(f"| {floor_of.get(room, '')} | `{room}` | {modules[name].summary} |")
        rows += [
            f"| | `{inner.name.removeprefix(f'{package}.')}` | {inner.summary} |"
            for inner in modules.values()
            if inner.is_room and inner.name.startswith(f"{name}.") and room != _WINDOW
        ]
    return "\n".join(rows)


def section(modules: Mapping[str, Module]) -> str:
    """Return all that stands between the marks of the page, the marks included."""
    graph = room_graph(modules)
    return "\n\n".join([BEGIN, diagram(graph), room_table(graph, modules), END])


def with_section(page: str, drawn: str) -> str:
    """Return `page` with what stands between the marks replaced by `drawn`.

    Raises ValueError if the page lacks a mark.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no lines {BEGIN} and {END}")
    return f"{before}{drawn}{after}"


def main() -> None:
    """Write the section into the page."""
    drawn = section(read_modules(ROOT / "genretagger"))
    page = ROOT / PAGE
    page.write_text(with_section(page.read_text(encoding="utf-8"), drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
