"""What became of the files of an apply or undo: a line or object each, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.output import change_text, print_json, print_line, say
from genretagger.core.errors import shown
from genretagger.core.predictions import Unsure
from genretagger.core.writes import Policy, WriteResult, WriteStatus
from genretagger.review.rows.job_report import count_linked

_BAD: Final = (WriteStatus.REFUSED, WriteStatus.FAILED)
_LEFT_ALONE: Final = (WriteStatus.SKIPPED, WriteStatus.UNCHANGED)
_WITH_GENRE: Final = "with a genre already"
_WOULD: Final = "would write"


@dataclass(frozen=True, slots=True)
class Telling:
    """How the outcomes of a job are told.

    is_verbose : whether each file that is left alone is named, instead of a count by reason
    is_quiet : whether the counts are left out
    is_dry : whether nothing was written
    policy : the policy of the job, None for an undo
    own_policies : that of each file that has one of its own
    """

    as_json: bool = False
    is_verbose: bool = True
    is_quiet: bool = False
    is_dry: bool = False
    policy: Policy | None = None
    own_policies: Mapping[Path, Policy] = field(default_factory=dict)

    def policy_of(self, result: WriteResult) -> Policy | None:
        """Return the policy that a file was written under."""
        return self.own_policies.get(result.path, self.policy)


def tell_outcomes(
    results: Iterable[WriteResult], telling: Telling, *, nothing: Callable[[], str]
) -> int:
    """Print the outcome for each file and, for people, counts; return the exit status.

    `nothing` returns the sentence for a job without files.
    """
    counts: Counter[WriteStatus] = Counter()
    left_alone: Counter[str] = Counter()
    linked: list[WriteResult] = []
    try:
        for result in results:
            counts[result.status] += 1
            linked += [result] if result.linked else []
            if telling.as_json:
                print_json(result_record(result, telling.policy_of(result)))
                continue
            if result.status in _LEFT_ALONE:
                left_alone[reason_left_alone(result, telling.policy_of(result))] += 1
            if telling.is_verbose or result.status not in _LEFT_ALONE:
                line = result_line(result, telling)
                (say if result.status in _BAD else print_line)(line)
    finally:
        if not telling.as_json and not telling.is_quiet:
            _say_counts(counts, left_alone, telling)
        if linked:
            say(linked_sentence(count_linked(linked)))
    if not counts and not telling.as_json and (sentence := nothing()):
        say(sentence)
    return ExitStatus.SOME_FAILED if any(counts[status] for status in _BAD) else ExitStatus.OK


def _say_counts(
    counts: Mapping[WriteStatus, int], left_alone: Counter[str], telling: Telling
) -> None:
    words = {WriteStatus.WRITTEN: "would be written"} if telling.is_dry else {}
    parts = [
        f"{n} {words.get(status, status.value)}"
        for status, n in counts.items()
        if status not in _LEFT_ALONE
    ]
    n_left = left_alone.total()
    if n_left:
        parts.append(f"{n_left} left alone:")
    if parts:
        say(", ".join(parts))
    width = len(str(n_left))
    for reason, n in left_alone.most_common():
        say(f"  {n:>{width}} {reason}")
    if n_left and not telling.is_verbose:
        say("--verbose lists what is left alone.")


def reason_left_alone(result: WriteResult, policy: Policy | None) -> str:
    """Return, in a few words, why a file is left alone; equal for all files with that reason."""
    error = result.reason
    if error is None:
        if result.status is WriteStatus.UNCHANGED:
            return "with that genre already"
        return "with a genre that agrees" if policy is Policy.CORRECT else _WITH_GENRE
    match error.key:
        case "has-genre":
            return _WITH_GENRE
        case "confidence-too-low":
            return "below that confidence"
        case "left-alone":
            return "left alone by a rule"
        case "only-by-rule":
            return "suggested by a rule, which was not heard"
        case "verdict-unsure":
            why = str(error.values["why"])
            return why if why == Unsure.NOT_MUSIC.value else f"unsure: {why}"
        case _:
            return str(error)


def result_record(result: WriteResult, policy: Policy | None) -> dict[str, Any]:
    """Return the JSON object of the outcome for one file of an apply or undo."""
    return {
        "path": str(result.path),
        "status": result.status.value,
        "before": list(result.before),
        "after": list(result.after),
        "reason": str(result.reason) if result.reason else None,
        "batch": result.batch,
        "policy": policy.value if policy else None,
    }


def result_line(result: WriteResult, telling: Telling = Telling()) -> str:
    """Return the outcome for one file as a line for people."""
    is_written = result.status is WriteStatus.WRITTEN
    word = _WOULD if telling.is_dry and is_written else result.status.value
    word = f"{word:<{len(_WOULD) if telling.is_dry else 9}}"
    if result.reason is not None:
        return f"{word}  {result.reason}"
    policy = telling.policy_of(result)
    note = f"  ({policy.value})" if is_written and policy and policy is not telling.policy else ""
    return f"{word}  {shown(result.path)}  {change_text(result.before, result.after)}{note}"


def linked_sentence(n_files: int) -> str:
    """Return the sentence that hard-linked files change under all of their names."""
    have = "1 file has" if n_files == 1 else f"{n_files} files have"
    return f"{have} several names (hard links); all of them change."
